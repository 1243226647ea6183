/** Trouble that strikes one request of a command, and what is expected to come of it. */
import type { RequestKind } from "./asked.ts";
import type { Nature } from "./injected.ts";

/** `warned`: it is done, and stderr says what was not. The others are exit statuses 1, 3 and 4. */
export type End = "done" | "warned" | "failed" | "nothing found" | "sign-in needed";

export interface Expectation {
  /** Any of these: some trouble is noticed or not, as chance has it. */
  readonly ends: readonly End[];
  /** How many requests the trouble strikes, at least and at most. */
  readonly struck: readonly [least: number, most: number];
  /** When it is done: how many requests are made beyond those of a run without trouble. Absent: no matter. */
  readonly more?: number;
}

export interface Strike {
  readonly nature: Nature;
  readonly request: RequestKind;
  /** Every request of the kind is struck, not only the first. */
  readonly forEver: boolean;
  /** `AWS_MAX_ATTEMPTS`. */
  readonly attempts: number;
  readonly token: "renewed once" | "not renewed" | "of this sign-in" | undefined;
  readonly spare: boolean;
  /** The request after it is signed. */
  readonly signedNext: boolean;
  /** A request of the same service comes before it, which may have left a connection open. */
  readonly hasBefore: boolean;
  /** The request after it, if it asks the same service. */
  readonly next: RequestKind | undefined;
}

/** What comes of it in one of two ways. */
export function either(one: Expectation, other: Expectation): Expectation {
  const { more } = one;
  return {
    ends: [...new Set([...one.ends, ...other.ends])],
    struck: [Math.min(one.struck[0], other.struck[0]), Math.max(one.struck[1], other.struck[1])],
    ...(more !== undefined && more === other.more ? { more } : {}),
  };
}

/** Done, with so many requests more than without the trouble. */
export function done(more: number): Expectation {
  return { ends: ["done"], struck: [1, 1], more };
}

/** Failed, with exit status 1, after so many requests. */
export function failed(struck: number): Expectation {
  return { ends: ["failed"], struck: [struck, struck] };
}
