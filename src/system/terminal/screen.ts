/**
 * The controlling terminal as a screen: drawn on directly, whatever stdin, stdout and stderr are, on a page of its own. What
 * ends or stops the program puts the user's page back first.
 */
import { Failure } from "../../lib/errors.ts";
import { handlingSignals } from "../processes/interrupt.ts";
import type { Screen, ScreenEvent } from "../types.ts";
import { type SingleKeys, withSingleKeys } from "./single-keys.ts";
import { ENDING, interrupted, openTerminal } from "./terminal.ts";

/**
 * Another page of the terminal, which leaves what was on the first one as it was; the end clears it first. Meanwhile the
 * terminal tells what is pasted from what is typed.
 */
const BEGIN = "\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J";
const END = "\x1b[H\x1b[2J\x1b[?2004l\x1b[?1049l";

/** Milliseconds in which a signal has ended this process. */
const TIME_TO_END = 5000;

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
  let hasBegun = false;
  for (const name of ENDING) process.on(name, onSignal);
  try {
    return await handlingSignals(() =>
      withSingleKeys(terminal, queue.push, (keys) => {
        const screen = { size: keys.size, draw, next: queue.next, wake: () => queue.push({ kind: "woken" }) };
        const page = { begin: () => draw(BEGIN), end: () => draw(END) };
        hasBegun = true;
        page.begin();
        return listening(handlersOf(keys, page, queue.push), () => work(screen));
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

/**
 * What the terminal and the user's shell tell the program. While it is stopped, the shell has the terminal as it was, and the
 * program takes it again when it goes on.
 */
function handlersOf(
  keys: SingleKeys,
  page: { readonly begin: () => void; readonly end: () => void },
  push: EventQueue["push"],
): Handlers {
  const sized = (isThere: boolean) => push({ kind: isThere ? "resized" : "ended" });
  return {
    SIGWINCH: () => sized(keys.measure()),
    SIGTSTP: () => {
      keys.pause();
      page.end();
      process.kill(process.pid, "SIGSTOP");
    },
    SIGCONT: () => {
      const isThere = keys.resume();
      page.begin();
      sized(isThere);
    },
  };
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
