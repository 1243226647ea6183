/**
 * The keys of a terminal, one by one and without echo. A shell switches the terminal to single keys and hands them on through
 * a pipe: a read that waits for a terminal cannot be called off, and would take the keys that another reader waits for later.
 */
import { Failure } from "../../lib/errors.ts";
import type { Screen, ScreenEvent } from "../types.ts";
import { restore, stty } from "./terminal.ts";

/** Hands on each key as it is pressed. Ctrl-C, Ctrl-Z and Ctrl-S are keys meanwhile. */
const SINGLE_KEYS = "-icanon -echo -isig -iexten -ixon min 1 time 0".split(" ");

/**
 * Prints the settings that the terminal had and its size, then every key. Each start of stty delays the first picture by
 * a millisecond, so one of them both changes the settings and prints the size.
 */
const READER = `stty -g && stty ${SINGLE_KEYS.join(" ")} size && exec cat`;

/** For a terminal that does not know its size, such as a serial line. */
const UNKNOWN_SIZE = { columns: 80, rows: 24 };

/** A terminal whose keys are read. */
export interface SingleKeys {
  /** As `measure()` or `resume()` found it last. */
  size(): ReturnType<Screen["size"]>;
  /** Asks the terminal for its size. False for a terminal that is gone. */
  measure(): boolean;
  /** Puts the terminal's settings back, and leaves what is typed to other programs. */
  pause(): void;
  /** Takes the keys again, and measures. False for a terminal that is gone. */
  resume(): boolean;
}

/**
 * Hands on what is typed as `input` while the work is done, and `ended` when no more can come. Puts the terminal's settings
 * back after the work. Throws a Failure where the terminal cannot be switched to single keys.
 */
export async function withSingleKeys<T>(
  terminal: number,
  push: (event: ScreenEvent) => void,
  work: (keys: SingleKeys) => Promise<T>,
): Promise<T> {
  const child = Bun.spawn(["/bin/sh", "-c", READER], {
    env: { PATH: process.env.PATH },
    stdio: [terminal, "pipe", "ignore"],
  });
  const settings = Promise.withResolvers<string | undefined>();
  const size = Promise.withResolvers<string | undefined>();
  const reading = readAll(child.stdout, [settings.resolve, size.resolve], push).then(() => {
    // Where they were not printed.
    settings.resolve(undefined);
    size.resolve(undefined);
    push({ kind: "ended" });
  });
  const before = await settings.promise;
  try {
    const first = await size.promise;
    if (before === undefined || first === undefined)
      throw new Failure("failed", "cannot draw on the terminal: stty cannot switch it to single keys");
    const signal = (name: NodeJS.Signals) => child.kill(name);
    return await work(keysOf(terminal, { before, size: first, signal }));
  } finally {
    // The keys first: those typed from now on are for the next reader.
    child.kill("SIGKILL");
    await Promise.all([child.exited, reading]);
    if (before !== undefined) unlessGone(() => restore(terminal, before));
  }
}

/** `before` are the settings and `size` the size as stty prints them; `signal` is for the program that reads the keys. */
function keysOf(
  terminal: number,
  {
    before,
    size: first,
    signal,
  }: { readonly before: string; readonly size: string; readonly signal: (name: NodeJS.Signals) => void },
): SingleKeys {
  let size = sizeOf(first);
  const measure = (settings: readonly string[]) => {
    const found = unlessGone(() => stty(terminal, [...settings, "size"]));
    if (found !== undefined) size = sizeOf(found);
    return found !== undefined;
  };
  return {
    size: () => size,
    measure: () => measure([]),
    pause: () => {
      // A read that waits already is not ended by the terminal, and would take what is typed for the shell.
      signal("SIGSTOP");
      unlessGone(() => restore(terminal, before));
    },
    resume: () => {
      const isThere = measure(SINGLE_KEYS);
      signal("SIGCONT");
      return isThere;
    },
  };
}

/** Undefined for a terminal that is gone. */
function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return undefined;
  }
}

/** Each of the first lines is for one of `lines`, all that follows is typed. */
async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  lines: readonly ((line: string) => void)[],
  push: (event: ScreenEvent) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const left = [...lines];
  let text = "";
  for await (const bytes of stream) {
    text += decoder.decode(bytes, { stream: true });
    while (left.length > 0 && text.includes("\n")) {
      const end = text.indexOf("\n");
      left.shift()?.(text.slice(0, end));
      text = text.slice(end + 1);
    }
    if (left.length > 0 || text === "") continue;
    push({ kind: "input", text });
    text = "";
  }
}

function sizeOf(text: string): ReturnType<Screen["size"]> {
  const [rows = 0, columns = 0] = text.trim().split(" ").map(Number);
  return rows > 0 && columns > 0 ? { rows, columns } : UNKNOWN_SIZE;
}
