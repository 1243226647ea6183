/** What is known of one identity while it is served, and what follows from it at a time. */
import type { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { EndpointCredentials } from "./endpoint-credentials.ts";
import { renewalTime, setBack } from "./renewal-times.ts";

/** All that changes while one identity is served. */
export interface RenewalState {
  credentials: EndpointCredentials | undefined;
  failure: Failure | undefined;
  /** In a row. */
  failures: number;
  /** No renewal before this time. */
  resumesAt: number;
  /** The time at the last look. */
  seen: number;
  fingerprintAtFailure: string;
  renewing: Promise<void> | undefined;
  looking: Promise<void> | undefined;
  isClosed: boolean;
  /** What the person was told since the last success. */
  readonly told: Set<"sign-in" | "end">;
}

/**
 * The time. When the clock was set back, all that is known by it goes back too: keys live no longer by that, and no pause
 * becomes a longer one.
 */
export function lookAtClock(state: RenewalState, system: Pick<System, "now">): number {
  const now = system.now();
  const back = state.seen - now;
  if (back > 0) {
    state.credentials &&= { ...state.credentials, ...setBack(state.credentials, back) };
    state.resumesAt -= back;
  }
  state.seen = now;
  return now;
}

export function validCredentials(
  state: RenewalState,
  system: Pick<System, "now">,
): EndpointCredentials | undefined {
  const now = lookAtClock(state, system);
  const { credentials } = state;
  return credentials !== undefined && credentials.expires > now ? credentials : undefined;
}

export function isDue(state: RenewalState, system: Pick<System, "now">): boolean {
  const now = lookAtClock(state, system);
  const { credentials, renewing, isClosed } = state;
  const isEarly = credentials !== undefined && now < renewalTime(credentials);
  return renewing === undefined && !isEarly && !isClosed;
}

export function isPaused(state: RenewalState, system: Pick<System, "now">): boolean {
  return lookAtClock(state, system) < state.resumesAt;
}
