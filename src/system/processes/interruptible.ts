/** Which work Ctrl-C, SIGTERM and SIGHUP interrupt, and from when on this process listens for them. */
import type { Failure } from "../../lib/errors.ts";
import type { EndingSignal } from "./interrupt.ts";

/** Work that can be interrupted. */
interface Watch {
  readonly doing: string;
  readonly interrupt: (failure: Failure) => void;
}

/** The innermost work is last; a signal interrupts it. */
const watches: Watch[] = [];

/**
 * Milliseconds. Listening costs a thirtieth of a start that makes one request, and a person cannot interrupt what is done
 * sooner. A signal that comes sooner ends the process by itself, which a shell reports as the same status.
 */
const LISTEN_AFTER = 20;
let awaited: ReturnType<typeof setTimeout> | undefined;
let listening: Promise<void> | undefined;
/** How often this process has stopped listening. */
let stops = 0;

/** As `System.interruptible`. */
export async function interruptible<T>(doing: string, work: () => Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const watch: Watch = { doing, interrupt: interrupted.reject };
  if (watches.push(watch) === 1) awaited = setTimeout(listenNow, LISTEN_AFTER);
  try {
    // Work inside other work takes long, and a user is waiting for it.
    if (watches.length > 1) await listenNow();
    return await Promise.race([work(), interrupted.promise]);
  } finally {
    watches.splice(watches.indexOf(watch), 1);
    if (watches.length === 0) stopListening();
  }
}

/** Resolves when this process listens for the signals that end it; it stops when no work is left that can be interrupted. */
export function listenNow(): Promise<void> {
  clearTimeout(awaited);
  listening ??= listen();
  return listening;
}

function stopListening(): void {
  clearTimeout(awaited);
  if (listening === undefined) return;
  listening = undefined;
  stops++;
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.off(signal, onSignal);
}

async function listen(): Promise<void> {
  const before = stops;
  const signals = await (await import("./heeded-signals.ts")).heededSignals();
  // The work has ended meanwhile. Other work that has begun since listens for itself: of two listeners, the second one
  // would take the first Ctrl-C for another one.
  if (stops !== before) return;
  for (const signal of signals) process.on(signal, onSignal);
}

async function onSignal(signal: EndingSignal): Promise<void> {
  const watch = watches.at(-1);
  if (watch === undefined) return;
  const { interruption } = await import("./interrupt.ts");
  const failure = await interruption(signal, watch.doing);
  if (failure !== undefined) watch.interrupt(failure);
}
