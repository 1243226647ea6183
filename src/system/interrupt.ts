/** Ctrl-C, SIGTERM and SIGHUP: the work that they may not cut short, and the programs that end with this one. */
import { Failure } from "../lib/errors.ts";
import { descendants, isRunning } from "./process-tree.ts";

export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Milliseconds in which a program that was told to end must have ended. */
const KILL_AFTER = 500;

/** What is being written. */
const underWay = new Set<Promise<unknown>>();
/** The process ids of the programs that end with this one. */
const dependents = new Set<number>();
let isEnding = false;
/** The number of works under way that handle signals themselves. */
let handlers = 0;

/**
 * Resolves to what the work `doing` fails with on Ctrl-C, once what is being written is finished and the programs of
 * `endingWithUs` have ended; what else the work holds ends with the process, which is about to end. SIGTERM and SIGHUP
 * end it then as they would have without a listener, and so does every signal after the first: a person who asks twice
 * will not wait for a disk that does not respond. Undefined where the work handles the signal itself.
 */
export async function interruption(signal: EndingSignal, doing: string): Promise<Failure | undefined> {
  if (handlers > 0) return undefined;
  if (isEnding) {
    signalAll(withDescendants(), "SIGKILL");
    endBy(signal);
  }
  isEnding = true;
  await Promise.all([endDependents(signal), Promise.allSettled(underWay)]);
  if (signal === "SIGINT") return new Failure("interrupted", `${doing}: interrupted`);
  endBy(signal);
  return undefined;
}

/** While the work is done, it handles signals itself. */
export async function handlingSignals<T>(work: () => Promise<T>): Promise<T> {
  handlers++;
  try {
    return await work();
  } finally {
    handlers--;
  }
}

/**
 * Does work that an interruption waits for: half of it would be lost, or stay behind. Once the program is about to end
 * no more work begins, and the caller is not told.
 */
export async function finishing<T>(work: () => Promise<T>): Promise<T> {
  if (isEnding) return new Promise<never>(() => {});
  const working = work();
  underWay.add(working);
  try {
    return await working;
  } finally {
    underWay.delete(working);
  }
}

/**
 * While the work is done, an interruption ends the process of this id as well, and all that it started. How such a
 * process ended then means nothing, so the caller is not told.
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

/** A terminal sends Ctrl-C to them as well; a signal that is sent to this process alone does not reach them. */
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
      // It has ended, or it belongs to another user (`sudo`), and this process may not end it.
    }
  }
}

function endBy(signal: EndingSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
