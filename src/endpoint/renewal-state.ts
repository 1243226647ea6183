/** What is known of one identity while it is served, and what follows from it at a time. */
import type { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { AcquiredSet } from "./acquired-set.ts";
import { renewalTime, setBack } from "./renewal.ts";

/** All that changes while one identity is served. */
export interface RenewalState {
  set: AcquiredSet | undefined;
  failure: Failure | undefined;
  /** In a row. */
  failures: number;
  /** No renewal before this time. */
  resumesAt: number;
  /** The time at the last look. */
  seen: number;
  markAtFailure: string;
  renewing: Promise<void> | undefined;
  looking: Promise<void> | undefined;
  isClosed: boolean;
  readonly told: Set<"sign-in" | "end">;
}

/**
 * The time. When the clock was set back, all that is known by it goes back too: keys live no longer by that, and no pause
 * becomes a longer one.
 */
export function look(state: RenewalState, system: Pick<System, "now">): number {
  const now = system.now();
  const back = state.seen - now;
  if (back > 0) {
    state.set &&= { ...state.set, ...setBack(state.set, back) };
    state.resumesAt -= back;
  }
  state.seen = now;
  return now;
}

export function validSet(state: RenewalState, system: Pick<System, "now">): AcquiredSet | undefined {
  const now = look(state, system);
  const { set } = state;
  return set !== undefined && set.expires > now ? set : undefined;
}

export function isDue(state: RenewalState, system: Pick<System, "now">): boolean {
  const now = look(state, system);
  const { set, renewing, isClosed } = state;
  const isEarly = set !== undefined && now < renewalTime(set);
  return renewing === undefined && !isEarly && !isClosed;
}

export function isPaused(state: RenewalState, system: Pick<System, "now">): boolean {
  return look(state, system) < state.resumesAt;
}
