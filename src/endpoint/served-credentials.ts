/** The credentials that the endpoint answers with: one set in memory, renewed ahead of its end. */
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { AcquiredSet } from "./acquired-set.ts";
import { pauseAfter, pauseAfterSame, renewalTime, setBack } from "./renewal.ts";

export interface ServedCredentials {
  /**
   * The current set, or the Failure of the last renewal when that set has ended. Waits only where there is no valid set
   * and a renewal is under way, and a moment at most.
   */
  current(): Promise<AcquiredSet | Failure>;
  /** Begins a renewal when it is due; to be called about once a second. */
  renewWhenDue(): void;
  /** Begins no renewal any more, and resolves when none is under way, or after a moment. */
  settle(): Promise<void>;
}

export interface RenewalSource {
  readonly system: Pick<System, "now" | "sleep">;
  /** Undefined: for `PATH/profile/NAME`, where the first request acquires. */
  readonly first: AcquiredSet | undefined;
  /** Acquires a new set; undefined where only a person can. Rejects with a Failure, and asks a person nothing. */
  readonly acquire: (() => Promise<AcquiredSet>) | undefined;
  /** Changes when a file does by which a person may have mended what failed: a sign-in, a profile. */
  readonly signInMark: () => Promise<string>;
  /** Told once what a person can do something about; `served` is the set that is still valid. */
  readonly onFailure: (failure: Failure, served: AcquiredSet | undefined) => void;
}

/** Milliseconds that an SDK waits at most: botocore gives an attempt up after two seconds. */
const waitLimit = 1_800;

/** Milliseconds in which a renewal ends that is under way: a token is refreshed and stored in less. */
const settleLimit = 3_000;

/** All that changes while one identity is served. */
interface State {
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

export function serveCredentials(source: RenewalSource): ServedCredentials {
  const { system } = source;
  const state: State = {
    set: source.first,
    failure: undefined,
    failures: 0,
    resumesAt: 0,
    seen: source.first?.acquired ?? 0,
    markAtFailure: "",
    renewing: undefined,
    looking: undefined,
    isClosed: false,
    told: new Set(),
  };
  return {
    renewWhenDue: () => void renewWhenDue(state, source),
    settle: async () => {
      state.isClosed = true;
      if (state.renewing !== undefined) await Promise.race([state.renewing, system.sleep(settleLimit)]);
    },
    current: async () => {
      const looked = renewWhenDue(state, source);
      if (validSet(state, system) === undefined) await looked;
      if (validSet(state, system) === undefined && state.renewing !== undefined)
        await Promise.race([state.renewing, system.sleep(waitLimit)]);
      return validSet(state, system) ?? state.failure ?? unavailable(state.renewing !== undefined);
    },
  };
}

/**
 * The time. When the clock was set back, all that is known by it goes back too: keys live no longer by that, and no pause
 * becomes a longer one.
 */
function look(state: State, system: Pick<System, "now">): number {
  const now = system.now();
  const back = state.seen - now;
  if (back > 0) {
    state.set &&= { ...state.set, ...setBack(state.set, back) };
    state.resumesAt -= back;
  }
  state.seen = now;
  return now;
}

function validSet(state: State, system: Pick<System, "now">): AcquiredSet | undefined {
  const now = look(state, system);
  const { set } = state;
  return set !== undefined && set.expires > now ? set : undefined;
}

async function renewWhenDue(state: State, source: RenewalSource): Promise<void> {
  const { system, acquire } = source;
  if (acquire === undefined || !isDue(state, system)) return;
  if (isPaused(state, system)) {
    if (state.failure === undefined) return;
    await lookAtSignIns(state, source);
    if (!isDue(state, system) || isPaused(state, system)) return;
  }
  state.renewing = renew(state, source, acquire);
}

function isDue(state: State, system: Pick<System, "now">): boolean {
  const now = look(state, system);
  const { set, renewing, isClosed } = state;
  const isEarly = set !== undefined && now < renewalTime(set);
  return renewing === undefined && !isEarly && !isClosed;
}

function isPaused(state: State, system: Pick<System, "now">): boolean {
  return look(state, system) < state.resumesAt;
}

/** Ends the pause when the person has done something since. Requests that ask at once share one look. */
function lookAtSignIns(state: State, source: RenewalSource): Promise<void> {
  state.looking ??= source.signInMark().then((mark) => {
    if (mark !== state.markAtFailure) state.resumesAt = 0;
    state.looking = undefined;
  });
  return state.looking;
}

async function renew(
  state: State,
  source: RenewalSource,
  acquire: () => Promise<AcquiredSet>,
): Promise<void> {
  const { system } = source;
  const markBefore = await source.signInMark();
  try {
    const fresh = await acquire();
    const now = look(state, system);
    if (fresh.expires <= now) throw new Failure("failed", "the credentials have ended already");
    const valid = validSet(state, system);
    const isSame = valid !== undefined && fresh.expires <= valid.expires;
    if (!isSame) state.set = fresh;
    state.resumesAt = isSame ? now + pauseAfterSame(fresh, now) : 0;
    state.failure = undefined;
    state.failures = 0;
    state.told.clear();
  } catch (error) {
    state.failure =
      error instanceof Failure ? error : new Failure("failed", reasonOf(error), { cause: error });
    state.markAtFailure = await source.signInMark();
    // A sign-in in the meantime may have come too late for this attempt: the next one is not to wait long.
    state.failures = state.markAtFailure === markBefore ? state.failures + 1 : 1;
    state.resumesAt = look(state, system) + pauseAfter(state.failures);
    tell(state, source, state.failure);
  } finally {
    state.renewing = undefined;
  }
}

/** Once: a sign-in that is needed, as soon as it is; anything else when no valid set is left. */
function tell(state: State, { system, onFailure }: RenewalSource, failed: Failure): void {
  const needsSignIn = failed.kind === "sign-in-needed";
  const served = validSet(state, system);
  if (needsSignIn ? state.told.has("sign-in") : served !== undefined || state.told.size > 0) return;
  state.told.add(needsSignIn ? "sign-in" : "end");
  onFailure(failed, served);
}

function unavailable(isRenewing: boolean): Failure {
  return isRenewing
    ? new Failure("failed", "new credentials are being acquired")
    : new Failure("sign-in-needed", "the credentials have ended, and cannot be renewed without a person", {
        hints: ["end the program, and run aws-login again"],
      });
}
