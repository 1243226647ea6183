/** A service that allows so many requests a second and throttles the rest, on a virtual clock. */
import { Failure } from "../../src/lib/errors.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** Whether a request that arrives at `now` (milliseconds) is let through. */
export type Gate = (now: number) => boolean;

/** Tokens flow in at `perSecond` up to `burst`; a request takes one. */
export function tokenBucket(perSecond: number, burst: number): Gate {
  let tokens = burst;
  let filled = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - filled) * perSecond) / 1000);
    filled = now;
    // What was added up in fractions may be a hair less than one.
    if (tokens < 1 - 1e-9) return false;
    tokens -= 1;
    return true;
  };
}

/** So many in each second of the clock. */
export function fixedWindow(perSecond: number): Gate {
  let second = -1;
  let used = 0;
  return (now) => {
    const current = Math.floor(now / 1000);
    if (current !== second) used = 0;
    second = current;
    used++;
    return used <= perSecond;
  };
}

/** So many within any second, what was throttled counted as well: asking too fast is punished. */
export function strictWindow(perSecond: number): Gate {
  const arrivals: number[] = [];
  return (now) => {
    while ((arrivals[0] ?? now) <= now - 1000) arrivals.shift();
    arrivals.push(now);
    return arrivals.length <= perSecond;
  };
}

export interface LimitedService {
  /** One request: half the latency to the gate and half back. Rejects with the portal's Failure when throttled. */
  ask<T>(answer: () => T | Promise<T>): Promise<T>;
  readonly count: { readonly let: number; readonly throttled: number };
}

/** `latency` in milliseconds. */
export function limitedService(clock: VirtualClock, gate: Gate, latency: number): LimitedService {
  const count = { let: 0, throttled: 0 };
  return {
    count,
    ask: async (answer) => {
      await clock.sleep(latency / 2);
      if (!gate(clock.now())) {
        count.throttled++;
        await clock.sleep(latency / 2);
        throw tooManyRequests();
      }
      count.let++;
      const result = await answer();
      await clock.sleep(latency / 2);
      return result;
    },
  };
}

export function tooManyRequests(): Failure {
  const serviceError = { code: "TooManyRequestsException", message: "Too many requests", status: 429 };
  return new Failure("failed", "TooManyRequestsException: Too many requests", { serviceError });
}
