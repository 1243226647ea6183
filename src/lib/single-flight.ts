/**
 * Of the processes that find the same thing expired, one renews it and the others use its result: read, take the lock,
 * read again, renew. Cached credentials, access tokens and `aws login` sessions are renewed this way.
 */
import type { System } from "../system/types.ts";
import { Failure } from "./errors.ts";
import type { Lock } from "./lock.ts";

/** Milliseconds of waiting before a message: most renewals take less. */
export const quietWait = 10_000;
/** Milliseconds to wait for a process that renews: a request with its retries. */
export const renewalTimeout = 60_000;
/** Milliseconds to wait for a process in which a person may be signing in. */
export const loginTimeout = 660_000;

export interface Flight<T> {
  readonly lock: Lock;
  /** The result of another process, if there is one. Called while that process has the lock, and once under the lock. */
  readonly found: () => Promise<T | undefined>;
  /** Renews. Called under the lock when nothing was found. */
  readonly renew: () => Promise<T>;
  /** The old value while it is still valid: this process uses it instead of waiting for another one. */
  readonly valid?: T | undefined;
  /** Milliseconds to wait for another process. */
  readonly timeout: number;
  /** What the process with the lock does, for messages: "signs in to https://…". */
  readonly doing: string;
  /** `allowed`: a person uses this process, and may be the one whom the other process waits for. */
  readonly prompt: "never" | "allowed";
  /** Called when the timeout has passed and another process still has the lock. */
  readonly timedOut: () => Promise<T>;
}

export interface FlightContext {
  readonly system: Pick<System, "now" | "stderr">;
  readonly trace: (line: string) => void;
}

export async function singleFlight<T>(flight: Flight<T>, context: FlightContext): Promise<T> {
  const { lock, found, valid, timeout } = flight;
  const work = async () => (await found()) ?? flight.renew();
  if (valid !== undefined) {
    const held = await lock(0, work);
    return held.kind === "done" ? held.value : valid;
  }
  const began = context.system.now();
  let result: T | undefined;
  let isTold = false;
  const keepWaiting = async () => {
    result = await found();
    if (result !== undefined) return false;
    const waited = context.system.now() - began;
    if (waited >= timeout) return false;
    if (waited >= quietWait && !isTold) tellWaiting(flight, context);
    isTold ||= waited >= quietWait;
    return true;
  };
  const held = await lock(timeout, work, keepWaiting);
  if (held.kind === "done") return held.value;
  return result ?? (await found()) ?? flight.timedOut();
}

/** The Failure of a process that cannot go on without the lock. `attempt` reads "cannot renew the sign-in to https://…". */
export function lockedOut(attempt: string, timeout: number): Failure {
  return new Failure("failed", `${attempt}: another aws-login has had the lock for ${timeout / 1000} s`, {
    hints: ["finish or end the other one, then run the command again"],
  });
}

/** A process without a user writes to the trace alone, because many of them may wait at once. */
function tellWaiting(
  { doing, prompt }: Pick<Flight<unknown>, "doing" | "prompt">,
  { system, trace }: FlightContext,
): void {
  const line = `waiting for another aws-login that ${doing}`;
  if (prompt === "never") trace(line);
  else system.stderr(`aws-login: ${line}; if that one waits for you, finish the sign-in in its window`);
}
