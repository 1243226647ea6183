/** Ctrl-C, SIGTERM and SIGHUP: which work they must not cut short, and which programs end with this one. */
import { Failure } from "../../lib/errors.ts";
import { descendants, isRunning } from "./process-tree.ts";

export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Milliseconds that a program has to end after the signal, before it is killed. */
const KILL_AFTER = 500;

/** Writes that have begun and must be finished. */
const writes = new Set<Promise<unknown>>();
/** The process ids of the programs that end with this one. */
const dependents = new Set<number>();
let isEnding = false;
/** How many running pieces of work handle signals themselves. */
let handlers = 0;

/**
 * On Ctrl-C, resolves to the Failure of the work `doing`, once all begun writes are finished and the programs of
 * `endingWithUs()` have ended. The process is about to end, and the rest of the work with it. SIGTERM and SIGHUP then end
 * the process as they would without a listener, and so does every signal after the first: a user who interrupts twice does
 * not wait for a disk that hangs. Undefined where the work handles the signal itself.
 */
export async function interruption(signal: EndingSignal, doing: string): Promise<Failure | undefined> {
  if (handlers > 0) return undefined;
  if (isEnding) {
    signalAll(withDescendants(), "SIGKILL");
    endBy(signal);
  }
  await windUp(signal);
  if (signal === "SIGINT") return new Failure("interrupted", `${doing}: interrupted`);
  endBy(signal);
  return undefined;
}

/**
 * Ends the programs of `endingWithUs()` by the signal, and resolves when they have ended and all begun writes are finished.
 * No work of `finishing()` begins any more.
 */
export async function windUp(signal: EndingSignal): Promise<void> {
  isEnding = true;
  await Promise.all([endDependents(signal), Promise.allSettled(writes)]);
}

/** Runs work that handles signals itself. */
export async function handlingSignals<T>(work: () => Promise<T>): Promise<T> {
  handlers++;
  try {
    return await work();
  } finally {
    handlers--;
  }
}

/**
 * Runs work that an interruption waits for, because half of it would lose data or leave files behind. Once the program is
 * ending, the work does not begin and the promise never settles.
 */
export async function finishing<T>(work: () => Promise<T>): Promise<T> {
  if (isEnding) return new Promise<never>(() => {});
  const working = work();
  writes.add(working);
  try {
    return await working;
  } finally {
    writes.delete(working);
  }
}

/**
 * While the work runs, an interruption also ends the process `pid` and all processes that it started. The promise then
 * never settles, because the status of a process that was ended means nothing.
 */
export async function endingWithUs<T>(pid: number, work: () => Promise<T>): Promise<T> {
  dependents.add(pid);
  try {
    const value = await work();
    return isEnding ? await new Promise<never>(() => {}) : value;
  } finally {
    dependents.delete(pid);
  }
}

/** Passes the signal on: Ctrl-C of a terminal reaches these programs, a signal to this process alone does not. */
async function endDependents(signal: EndingSignal): Promise<void> {
  if (dependents.size === 0) return;
  const processes = withDescendants();
  signalAll(processes, signal);
  const killAt = performance.now() + KILL_AFTER;
  const running = () => processes.filter((pid) => isRunning(pid, process.platform));
  while (running().length > 0 && performance.now() < killAt) await Bun.sleep(5);
  signalAll(running(), "SIGKILL");
}

function withDescendants(): readonly number[] {
  return [...dependents].flatMap((pid) => [pid, ...descendants(pid, process.platform)]);
}

function signalAll(processes: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // The process has ended, or it belongs to another user (`sudo`) and this one may not end it.
    }
  }
}

function endBy(signal: EndingSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
