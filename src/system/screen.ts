/**
 * The controlling terminal as a screen: drawn on directly, whatever stdin, stdout and stderr are, and read key by key. A
 * shell switches the keys to single ones and hands them on through a pipe: a read that waits for a terminal cannot be
 * called off, and would take the keys that another reader waits for later.
 */
import { Failure } from "../lib/errors.ts";
import { handlingSignals } from "./interrupt.ts";
import { openTerminal, stty } from "./terminal.ts";
import type { Screen, ScreenEvent } from "./types.ts";

/** The signals that would end this program and leave the terminal as it is drawn on. */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Prints the settings that the terminal had and its size, then every key. Ctrl-C, Ctrl-Z and Ctrl-S are keys meanwhile:
 * a stopped program would leave the shell with these settings. Each start of stty delays the first picture by a
 * millisecond, so one of them both changes the settings and prints the size.
 */
const READER = "stty -g && stty -icanon -echo -isig -iexten -ixon min 1 time 0 size && exec cat";

/** Another page of the terminal, which leaves what was on the first one as it was; the end clears it first. */
const BEGIN = "\x1b[?1049h\x1b[H\x1b[2J";
const END = "\x1b[H\x1b[2J\x1b[?1049l";

/** Milliseconds in which a signal has ended this process. */
const TIME_TO_END = 5000;

/** For a terminal that does not know its size, such as a serial line. */
const UNKNOWN_SIZE = { columns: 80, rows: 24 };

/**
 * Does the work with a screen; undefined when there is no controlling terminal. Whatever ends the work, a signal or the
 * terminal itself, the terminal's settings and its page are put back. SIGTERM and SIGHUP end the program after that;
 * SIGINT and a terminal that is gone are the Failure `interrupted`.
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
    try {
      writeSync(terminal, text);
    } catch {
      // The terminal is gone, which ends the work.
      queue.push({ kind: "ended" });
    }
  };
  let hasBegun = false;
  for (const name of ENDING) process.on(name, onSignal);
  try {
    return await handlingSignals(() =>
      withKeys(terminal, queue, (reader) => {
        const onResize = () => {
          const size = unlessGone(() => stty(terminal, ["size"]));
          if (size !== undefined) reader.size = sizeOf(size);
          queue.push({ kind: size === undefined ? "ended" : "resized" });
        };
        process.on("SIGWINCH", onResize);
        hasBegun = true;
        draw(BEGIN);
        return work({
          size: () => reader.size,
          draw,
          next: queue.next,
          wake: () => queue.push({ kind: "woken" }),
        }).finally(() => process.off("SIGWINCH", onResize));
      }),
    );
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

interface Reader {
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
  const head = Promise.withResolvers<readonly [settings: string, size: string]>();
  const reading = readAll(child.stdout, head.resolve, queue).then(() => {
    head.reject(new Failure("failed", "cannot draw on the terminal: stty cannot switch it to single keys"));
    queue.push({ kind: "ended" });
  });
  const [settings, size] = await head.promise;
  try {
    return await work({ size: sizeOf(size) });
  } finally {
    // The keys first: those typed from now on are for the next reader.
    child.kill("SIGKILL");
    await Promise.all([child.exited, reading]);
    unlessGone(() => stty(terminal, [settings]));
  }
}

/** Undefined for a terminal that is gone. */
function unlessGone(act: () => string): string | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return undefined;
  }
}

/** The first two lines are for `head`, all that follows is typed. */
async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  head: (lines: readonly [string, string]) => void,
  queue: EventQueue,
): Promise<void> {
  const decoder = new TextDecoder();
  let before: string | undefined = "";
  for await (const bytes of stream) {
    const text: string = decoder.decode(bytes, { stream: true });
    if (before === undefined) {
      if (text !== "") queue.push({ kind: "input", text });
      continue;
    }
    before += text;
    const [settings, size, ...typed] = before.split("\n");
    if (settings === undefined || size === undefined || typed.length === 0) continue;
    before = undefined;
    head([settings, size]);
    const rest = typed.join("\n");
    if (rest !== "") queue.push({ kind: "input", text: rest });
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
