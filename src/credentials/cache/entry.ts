/**
 * The text of a cache entry: one line for each part, so that the fast path finds a cached answer by comparing and cutting
 * and writes it to stdout as it is, without parsing anything. Pure.
 */
import type { Life } from "./lifetime.ts";

export interface EntryKey {
  /** One line. */
  readonly request: string;
  /** One line. */
  readonly files: string;
}

export interface CachedCredentials extends Life {
  /** Further files that the credentials depend on, each followed by its fingerprint. */
  readonly dependsOn: readonly string[];
  /** The rest of what is known of the credentials, as JSON. */
  readonly about: string;
  /** The answer to `credential_process`, with its line end. */
  readonly answer: string;
}

/** The outcome of the latest attempt for the processes that waited for it, when that was no credentials. */
export interface EntryNote {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** One line, without a secret. */
  readonly text: string;
}

export interface Entry {
  readonly cached: CachedCredentials | undefined;
  readonly note: EntryNote | undefined;
}

/** A later version that changes the form changes the number. */
const title = "aws-login credentials 1\n";
/** The last line: this word and a checksum of everything before it. The answer precedes it and can be cut out in one piece. */
const seal = "whole ";
const endingLength = "whole 00000000\n".length;

export function formatEntry(key: EntryKey, { cached, note }: Entry): string {
  const lines = [
    key.request,
    key.files,
    note === undefined ? "" : `${note.at} ${note.text}`,
    JSON.stringify(cached?.dependsOn ?? []),
    cached === undefined ? "" : `${cached.acquired} ${cached.expires} ${cached.retryAt}`,
    cached?.about ?? "",
    cached?.answer ?? "\n",
  ];
  const text = title + lines.join("\n");
  return `${text}${seal}${Bun.hash.murmur32v3(text).toString(16).padStart(8, "0")}\n`;
}

/** A disk may lose or change a part of a file: an entry is served as it was written, or not at all. */
function isWhole(text: string): boolean {
  const end = text.length - endingLength;
  if (!text.startsWith(seal, end) || !text.endsWith("\n")) return false;
  return Number(`0x${text.slice(end + seal.length, -1)}`) === Bun.hash.murmur32v3(text.slice(0, end));
}

/** Undefined for a text that is no entry, is not whole, or belongs to another request or to other files. */
export function parseEntry(text: string, key: EntryKey): Entry | undefined {
  const head = `${title}${key.request}\n${key.files}\n`;
  return text.startsWith(head) && isWhole(text) ? readBody(text, head.length) : undefined;
}

export interface EntryFacts {
  readonly request: string;
  readonly dependsOn: readonly string[];
  readonly cached: CachedCredentials | undefined;
  /** When the entry serves no process any more, in milliseconds since the epoch. */
  readonly end: number;
}

/** What an entry of any request says of itself; undefined for a text that is no entry. */
export function entryFacts(text: string): EntryFacts | undefined {
  if (!text.startsWith(title) || !isWhole(text)) return undefined;
  const requestEnd = text.indexOf("\n", title.length);
  const filesEnd = text.indexOf("\n", requestEnd + 1);
  const { cached, note } = readBody(text, filesEnd + 1);
  const end = Math.max(cached?.expires ?? 0, note?.at ?? 0);
  return { request: text.slice(title.length, requestEnd), dependsOn: cached?.dependsOn ?? [], cached, end };
}

/** Reads the lines from `start` on. One function, because each further one costs a cached answer a five-hundredth. */
function readBody(text: string, start: number): Entry {
  const noteEnd = text.indexOf("\n", start);
  const dependsEnd = text.indexOf("\n", noteEnd + 1);
  const timesEnd = text.indexOf("\n", dependsEnd + 1);
  const aboutEnd = text.indexOf("\n", timesEnd + 1);
  const dependsOn = text.slice(noteEnd + 1, dependsEnd);
  const [acquired, expires, retryAt] = text.slice(dependsEnd + 1, timesEnd).split(" ");
  return {
    cached:
      retryAt === undefined
        ? undefined
        : {
            acquired: Number(acquired),
            expires: Number(expires),
            retryAt: Number(retryAt),
            dependsOn: dependsOn === "[]" ? [] : JSON.parse(dependsOn),
            about: text.slice(timesEnd + 1, aboutEnd),
            answer: text.slice(aboutEnd + 1, -endingLength),
          },
    note:
      noteEnd === start
        ? undefined
        : {
            at: Number(text.slice(start, text.indexOf(" ", start))),
            text: text.slice(text.indexOf(" ", start) + 1, noteEnd),
          },
  };
}
