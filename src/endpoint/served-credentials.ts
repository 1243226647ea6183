/** The credentials that the endpoint answers with: one set in memory, renewed ahead of its end. */
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { AcquiredSet } from "./acquired-set.ts";
import { pauseAfter, pauseAfterSame } from "./renewal.ts";
import { isDue, isPaused, look, type RenewalState, validSet } from "./renewal-state.ts";

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

export function serveCredentials(source: RenewalSource): ServedCredentials {
  const { system } = source;
  const state: RenewalState = {
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
      return validSet(state, system) ?? failureOf(state, source);
    },
  };
}

async function renewWhenDue(state: RenewalState, source: RenewalSource): Promise<void> {
  const { system, acquire } = source;
  if (acquire === undefined || !isDue(state, system)) return;
  if (isPaused(state, system)) {
    if (state.failure === undefined) return;
    await lookAtSignIns(state, source);
    if (!isDue(state, system) || isPaused(state, system)) return;
  }
  state.renewing = renew(state, source, acquire);
}

/** Ends the pause when the person has done something since. Requests that ask at once share one look. */
function lookAtSignIns(state: RenewalState, source: RenewalSource): Promise<void> {
  state.looking ??= source.signInMark().then((mark) => {
    if (mark !== state.markAtFailure) state.resumesAt = 0;
    state.looking = undefined;
  });
  return state.looking;
}

async function renew(
  state: RenewalState,
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
    state.resumesAt = isSame ? Math.min(now + pauseAfterSame(fresh, now), valid.expires) : 0;
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

/** Why there is no valid set. */
function failureOf(state: RenewalState, source: RenewalSource): Failure {
  const failure = state.failure ?? (source.acquire === undefined ? ended : underWay);
  if (failure !== underWay) tell(state, source, failure);
  return failure;
}

/** Once: a sign-in that is needed, as soon as it is; anything else when no valid set is left. */
function tell(state: RenewalState, { system, onFailure }: RenewalSource, failed: Failure): void {
  const needsSignIn = failed.kind === "sign-in-needed";
  const served = validSet(state, system);
  if (needsSignIn ? state.told.has("sign-in") : served !== undefined || state.told.size > 0) return;
  state.told.add(needsSignIn ? "sign-in" : "end");
  onFailure(failed, served);
}

const underWay = new Failure("failed", "new credentials are being acquired");

const ended = new Failure("sign-in-needed", "the credentials have ended, and only a person can renew them", {
  hints: ["end the program, and run aws-login again"],
});
