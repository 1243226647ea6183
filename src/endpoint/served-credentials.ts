/** The credentials that the endpoint answers with: in memory, and renewed ahead of their end. */
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { EndpointCredentials } from "./endpoint-credentials.ts";
import { isDue, isPaused, lookAtClock, type RenewalState, validCredentials } from "./renewal-state.ts";
import { pauseAfter, pauseAfterSame } from "./renewal-times.ts";

export interface ServedCredentials {
  /**
   * The current credentials, or the Failure of the last renewal when they have ended. Waits only where there are no valid ones
   * and a renewal is under way, and a moment at most.
   */
  current(): Promise<EndpointCredentials | Failure>;
  /** Begins a renewal when it is due; to be called about once a second. */
  renewWhenDue(): void;
  /** Begins no renewal any more, and resolves when none is under way, or after a moment. */
  settle(): Promise<void>;
}

export interface RenewalSource {
  readonly system: Pick<System, "now" | "sleep">;
  /** Undefined: for `PATH/profile/NAME`, where the first request acquires. */
  readonly first: EndpointCredentials | undefined;
  /** Acquires new ones; undefined where only a person can. Rejects with a Failure, and asks a person nothing. */
  readonly acquire: (() => Promise<EndpointCredentials>) | undefined;
  /** A text that changes when a file does by which a person may have mended what failed: a sign-in, a profile. */
  readonly signInFingerprint: () => Promise<string>;
  /** Told once what a person can do something about; `served` are the credentials that are still valid. */
  readonly onFailure: (failure: Failure, served: EndpointCredentials | undefined) => void;
}

/** Milliseconds that an SDK waits at most: botocore gives an attempt up after two seconds. */
const waitLimit = 1_800;

/** Milliseconds in which a renewal ends that is under way: a token is refreshed and stored in less. */
const settleLimit = 3_000;

export function serveCredentials(source: RenewalSource): ServedCredentials {
  const { system } = source;
  const state: RenewalState = {
    credentials: source.first,
    failure: undefined,
    failures: 0,
    resumesAt: 0,
    seen: source.first?.acquired ?? 0,
    fingerprintAtFailure: "",
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
      if (validCredentials(state, system) === undefined) await looked;
      if (validCredentials(state, system) === undefined && state.renewing !== undefined)
        await Promise.race([state.renewing, system.sleep(waitLimit)]);
      return validCredentials(state, system) ?? failureOf(state, source);
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
  state.looking ??= source.signInFingerprint().then((fingerprint) => {
    if (fingerprint !== state.fingerprintAtFailure) state.resumesAt = 0;
    state.looking = undefined;
  });
  return state.looking;
}

async function renew(
  state: RenewalState,
  source: RenewalSource,
  acquire: () => Promise<EndpointCredentials>,
): Promise<void> {
  const { system } = source;
  const fingerprintBefore = await source.signInFingerprint();
  try {
    const fresh = await acquire();
    const now = lookAtClock(state, system);
    if (fresh.expires <= now) throw new Failure("failed", "the credentials have ended already");
    const valid = validCredentials(state, system);
    const isSame = valid !== undefined && fresh.expires <= valid.expires;
    if (!isSame) state.credentials = fresh;
    state.resumesAt = isSame ? Math.min(now + pauseAfterSame(fresh, now), valid.expires) : 0;
    state.failure = undefined;
    state.failures = 0;
    state.told.clear();
  } catch (error) {
    state.failure =
      error instanceof Failure ? error : new Failure("failed", reasonOf(error), { cause: error });
    state.fingerprintAtFailure = await source.signInFingerprint();
    // A sign-in in the meantime may have come too late for this attempt: the next one is not to wait long.
    state.failures = state.fingerprintAtFailure === fingerprintBefore ? state.failures + 1 : 1;
    state.resumesAt = lookAtClock(state, system) + pauseAfter(state.failures);
    tell(state, source, state.failure);
  } finally {
    state.renewing = undefined;
  }
}

/** Why there are no valid credentials. */
function failureOf(state: RenewalState, source: RenewalSource): Failure {
  const failure = state.failure ?? (source.acquire === undefined ? ended : underWay);
  if (failure !== underWay) tell(state, source, failure);
  return failure;
}

/** Once: a sign-in that is needed, as soon as it is; anything else when no valid credentials are left. */
function tell(state: RenewalState, { system, onFailure }: RenewalSource, failed: Failure): void {
  const needsSignIn = failed.kind === "sign-in-needed";
  const served = validCredentials(state, system);
  if (needsSignIn ? state.told.has("sign-in") : served !== undefined || state.told.size > 0) return;
  state.told.add(needsSignIn ? "sign-in" : "end");
  onFailure(failed, served);
}

const underWay = new Failure("failed", "new credentials are being acquired");

const ended = new Failure("sign-in-needed", "the credentials have ended, and only a person can renew them", {
  hints: ["end the program, and run aws-login again"],
});
