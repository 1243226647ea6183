/**
 * The controlling terminal as a screen: drawn on directly, whatever stdin, stdout and stderr are, and read key by key. A
 * shell switches the keys to single ones and hands them on through a pipe: a read that waits for a terminal cannot be
 * called off, and would take the keys that another reader waits for later.
 */
import { Failure } from "../../lib/errors.ts";
import { handlingSignals } from "../processes/interrupt.ts";
import type { Screen, ScreenEvent } from "../types.ts";
import { ENDING, interrupted, openTerminal, restore, stty } from "./terminal.ts";

/** Hands on each key as it is pressed. Ctrl-C, Ctrl-Z and Ctrl-S are keys meanwhile. */
const SINGLE_KEYS = "-icanon -echo -isig -iexten -ixon min 1 time 0".split(" ");

/**
 * Prints the settings that the terminal had and its size, then every key. Each start of stty delays the first picture by
 * a millisecond, so one of them both changes the settings and prints the size.
 */
const READER = `stty -g && stty ${SINGLE_KEYS.join(" ")} size && exec cat`;

/**
 * Another page of the terminal, which leaves what was on the first one as it was; the end clears it first. Meanwhile the
 * terminal tells what is pasted from what is typed.
 */
const BEGIN = "\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J";
const END = "\x1b[H\x1b[2J\x1b[?2004l\x1b[?1049l";

/** Milliseconds in which a signal has ended this process. */
const TIME_TO_END = 5000;

/** For a terminal that does not know its size, such as a serial line. */
const UNKNOWN_SIZE = { columns: 80, rows: 24 };

/**
 * Does the work with a screen; undefined when there is no controlling terminal. Whatever ends the work, a signal or the
 * terminal itself, the terminal's settings and its page are put back. A signal other than SIGINT ends the program after
 * that. SIGTSTP puts them back too, until SIGCONT. Throws a Failure: `interrupted` for a SIGINT before there is a screen,
 * `failed` where the terminal cannot be switched to single keys.
 */
export async function onScreen<T>(work: (screen: Screen) => Promise<T>): Promise<T | undefined> {
  const { closeSync, openSync, writeSync } = await import("node:fs");
  const terminal = openTerminal(openSync);
  if (terminal === undefined) return undefined;
  const queue = eventQueue();
  let signal: NodeJS.Signals | undefined;
  const onSignal = (received: NodeJS.Signals) => {
    signal = received;
    queue.push({ kind: "ended" });
  };
  const draw = (text: string) => {
    const bytes = Buffer.from(text);
    try {
      // A signal may end a write half-way.
      for (let at = 0; at < bytes.length; ) at += writeSync(terminal, bytes, at);
    } catch {
      // The terminal is gone, which ends the work.
      queue.push({ kind: "ended" });
    }
  };
  const begin = () => draw(BEGIN);
  let hasBegun = false;
  for (const name of ENDING) process.on(name, onSignal);
  try {
    return await handlingSignals(() =>
      withKeys(terminal, queue, (reader) => {
        const handlers = {
          ...onResize(terminal, reader, queue),
          ...onStop(terminal, reader, queue, { begin, end: () => draw(END) }),
        };
        hasBegun = true;
        begin();
        const screen = {
          size: () => reader.size,
          draw,
          next: queue.next,
          wake: () => queue.push({ kind: "woken" }),
        };
        return listening(handlers, () => work(screen));
      }),
    );
  } catch (error) {
    // Ctrl-C before it became a key ends the reader as well.
    throw signal !== undefined && error instanceof Failure ? interrupted() : error;
  } finally {
    // After the settings are back: a user who sees the old page types for the next program.
    if (hasBegun) draw(END);
    closeSync(terminal);
    for (const name of ENDING) process.off(name, onSignal);
    if (signal !== undefined && signal !== "SIGINT") {
      process.kill(process.pid, signal);
      // The signal comes through the event loop, which an empty one would leave before.
      await Bun.sleep(TIME_TO_END);
    }
  }
}

type Handlers = Partial<Record<NodeJS.Signals, () => void>>;

/** Handles these signals while the work is done. */
async function listening<T>(handlers: Handlers, work: () => Promise<T>): Promise<T> {
  const all = Object.entries(handlers);
  for (const [name, handler] of all) process.on(name, handler);
  try {
    return await work();
  } finally {
    for (const [name, handler] of all) process.off(name, handler);
  }
}

function onResize(terminal: number, reader: Reader, queue: EventQueue): Handlers {
  return {
    SIGWINCH: () => {
      const size = unlessGone(() => stty(terminal, ["size"]));
      if (size !== undefined) reader.size = sizeOf(size);
      queue.push({ kind: size === undefined ? "ended" : "resized" });
    },
  };
}

/** The user's shell gets the terminal as it was, and the program takes it again when it goes on. */
function onStop(
  terminal: number,
  reader: Reader,
  queue: EventQueue,
  page: { readonly begin: () => void; readonly end: () => void },
): Handlers {
  return {
    SIGTSTP: () => {
      // A read that waits already is not ended by the terminal, and would take what is typed for the shell.
      reader.signal("SIGSTOP");
      unlessGone(() => restore(terminal, reader.settings));
      page.end();
      process.kill(process.pid, "SIGSTOP");
    },
    SIGCONT: () => {
      const size = unlessGone(() => stty(terminal, [...SINGLE_KEYS, "size"]));
      if (size !== undefined) reader.size = sizeOf(size);
      page.begin();
      reader.signal("SIGCONT");
      queue.push({ kind: size === undefined ? "ended" : "resized" });
    },
  };
}

interface Reader {
  /** To the program that reads the keys. */
  signal(name: NodeJS.Signals): void;
  /** The terminal's, as `stty -g` prints them. */
  readonly settings: string;
  size: ReturnType<Screen["size"]>;
}

/** Single keys without echo while the work is done. */
async function withKeys<T>(
  terminal: number,
  queue: EventQueue,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const child = Bun.spawn(["/bin/sh", "-c", READER], {
    env: { PATH: process.env.PATH },
    stdio: [terminal, "pipe", "ignore"],
  });
  const settings = Promise.withResolvers<string | undefined>();
  const size = Promise.withResolvers<string | undefined>();
  const reading = readAll(child.stdout, [settings.resolve, size.resolve], queue).then(() => {
    // Where they were not printed.
    settings.resolve(undefined);
    size.resolve(undefined);
    queue.push({ kind: "ended" });
  });
  const before = await settings.promise;
  try {
    const first = await size.promise;
    if (before === undefined || first === undefined)
      throw new Failure("failed", "cannot draw on the terminal: stty cannot switch it to single keys");
    const signal = (name: NodeJS.Signals) => child.kill(name);
    return await work({ settings: before, size: sizeOf(first), signal });
  } finally {
    // The keys first: those typed from now on are for the next reader.
    child.kill("SIGKILL");
    await Promise.all([child.exited, reading]);
    if (before !== undefined) unlessGone(() => restore(terminal, before));
  }
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
  queue: EventQueue,
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
    queue.push({ kind: "input", text });
    text = "";
  }
}

function sizeOf(text: string): ReturnType<Screen["size"]> {
  const [rows = 0, columns = 0] = text.trim().split(" ").map(Number);
  return rows > 0 && columns > 0 ? { rows, columns } : UNKNOWN_SIZE;
}

interface EventQueue {
  push(event: ScreenEvent): void;
  next(milliseconds?: number): Promise<ScreenEvent | undefined>;
}

/** Events wait for the one reader. */
function eventQueue(): EventQueue {
  const events: ScreenEvent[] = [];
  let arrived: (() => void) | undefined;
  return {
    push: (event) => {
      events.push(event);
      arrived?.();
    },
    next: async (milliseconds) => {
      if (events.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        arrived = resolve;
        await (milliseconds === undefined ? promise : Promise.race([promise, Bun.sleep(milliseconds)]));
        arrived = undefined;
      }
      return events.shift();
    },
  };
}
