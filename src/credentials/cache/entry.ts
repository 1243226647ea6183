/**
 * The text of a cache entry: one line for each part, so that the fast path finds a cached answer by cutting and comparing
 * and writes it to stdout as it is, without parsing anything. Pure.
 */
import { entrySeal, entryTitle } from "./entry-form.ts";
import type { Life } from "./lifetime.ts";

export interface EntryKey {
  /** One line. */
  readonly request: string;
  /** One line, of `formatFiles()`. */
  readonly files: string;
}

export interface CachedCredentials extends Life {
  /** Files that the credentials depend on besides the key's, each followed by its fingerprint. */
  readonly dependsOn: readonly string[];
  /** The rest of what is known of the credentials, as JSON. */
  readonly about: string;
  /** The answer to `credential_process`: one line, with its end. */
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

/** Paths, each followed by its fingerprint, in words that end with a space. Percent signs stand for what would part them. */
export function formatFiles(pairs: readonly string[]): string {
  return pairs.map((text) => `${text.replace(/[% \n]/g, encodeURIComponent)} `).join("");
}

function parseFiles(words: string): readonly string[] {
  const texts = words.split(" ").slice(0, -1);
  return texts.map((text) => text.replace(/%(?:25|20|0A)/g, decodeURIComponent));
}

export function formatEntry(key: EntryKey, { cached, note }: Entry): string {
  const lines = [
    entryTitle,
    key.request,
    key.files + formatFiles(cached?.dependsOn ?? []),
    note === undefined ? "" : `${note.at} ${note.text}`,
    cached === undefined ? "" : `${cached.acquired} ${cached.expires} ${cached.retryAt}`,
    cached?.about ?? "",
    cached?.answer ?? "\n",
  ];
  const text = lines.join("\n");
  return `${text}${entrySeal}${Bun.hash(text)}\n`;
}

/** Undefined for a text that is no entry, is not whole, or belongs to another request or to other files. */
export function parseEntry(text: string, key: EntryKey): Entry | undefined {
  const lines = wholeLines(text);
  if (lines === undefined || lines[1] !== key.request || !lines[2]?.startsWith(key.files)) return undefined;
  return readBody(lines, key.files.length);
}

export interface EntryFacts {
  readonly request: string;
  /** All files, each followed by its fingerprint. */
  readonly dependsOn: readonly string[];
  readonly cached: CachedCredentials | undefined;
  /** When the entry serves no process any more, in milliseconds since the epoch. */
  readonly end: number;
}

/** What an entry of any request says of itself; undefined for a text that is no entry. */
export function entryFacts(text: string): EntryFacts | undefined {
  const lines = wholeLines(text);
  if (lines === undefined) return undefined;
  const [, request = "", files = ""] = lines;
  const { cached, note } = readBody(lines, files.length);
  const end = Math.max(cached?.expires ?? 0, note?.at ?? 0);
  return { request, dependsOn: parseFiles(files), cached, end };
}

/** A disk may lose or change a part of a file: an entry is served as it was written, or not at all. */
function wholeLines(text: string): readonly string[] | undefined {
  const lines = text.split("\n");
  const seal = lines[7] ?? "";
  const body = text.slice(0, -(seal.length + "\n".length));
  const isWhole = lines.length === 9 && lines[0] === entryTitle && seal === `${entrySeal}${Bun.hash(body)}`;
  return isWhole ? lines : undefined;
}

/** `keyLength` is the length of the key's files in their line. */
function readBody(lines: readonly string[], keyLength: number): Entry {
  const [, , files = "", note = "", times = "", about = "", answer = ""] = lines;
  const [acquired, expires, retryAt] = times.split(" ");
  const noteTime = note.indexOf(" ");
  return {
    cached:
      retryAt === undefined
        ? undefined
        : {
            acquired: Number(acquired),
            expires: Number(expires),
            retryAt: Number(retryAt),
            dependsOn: parseFiles(files.slice(keyLength)),
            about,
            answer: `${answer}\n`,
          },
    note: note === "" ? undefined : { at: Number(note.slice(0, noteTime)), text: note.slice(noteTime + 1) },
  };
}
