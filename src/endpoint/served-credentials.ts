/** The credentials that the endpoint answers with: one set in memory, renewed ahead of its end. */
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { AcquiredSet } from "./acquired-set.ts";
import { longestPause, pauseAfter, pauseAfterSame, renewalTime } from "./renewal.ts";

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
  const { system, acquire } = source;
  let set = source.first;
  let failure: Failure | undefined;
  let failures = 0;
  /** No renewal before this time. */
  let resumesAt = 0;
  let markAtFailure = "";
  let renewing: Promise<void> | undefined;
  let looking: Promise<void> | undefined;
  let isClosed = false;
  const told = new Set<"sign-in" | "end">();

  const valid = () => (set !== undefined && set.expires > system.now() ? set : undefined);

  async function renew(acquireSet: () => Promise<AcquiredSet>): Promise<void> {
    try {
      const fresh = await acquireSet();
      const now = system.now();
      if (fresh.expires <= now) throw new Failure("failed", "the credentials have ended already");
      const isSame = set !== undefined && fresh.expires <= set.expires && valid() !== undefined;
      if (!isSame) set = fresh;
      resumesAt = isSame ? now + pauseAfterSame(fresh, now) : 0;
      failure = undefined;
      failures = 0;
      told.clear();
    } catch (error) {
      failure = error instanceof Failure ? error : new Failure("failed", reasonOf(error), { cause: error });
      failures++;
      resumesAt = system.now() + pauseAfter(failures);
      markAtFailure = await source.signInMark();
      tell(failure);
    } finally {
      renewing = undefined;
    }
  }

  /** Once: a sign-in that is needed, as soon as it is; anything else when no valid set is left. */
  function tell(failed: Failure): void {
    const needsSignIn = failed.kind === "sign-in-needed";
    const served = valid();
    if (needsSignIn ? told.has("sign-in") : served !== undefined || told.size > 0) return;
    told.add(needsSignIn ? "sign-in" : "end");
    source.onFailure(failed, served);
  }

  function isPaused(now: number): boolean {
    // A clock that was set back must not make the pause longer than it is.
    return now < resumesAt && resumesAt - now <= longestPause;
  }

  /** Ends the pause when the person has done something since. Requests that ask at once share one look. */
  function lookAtSignIns(): Promise<void> {
    looking ??= source.signInMark().then((mark) => {
      if (mark !== markAtFailure) resumesAt = 0;
      looking = undefined;
    });
    return looking;
  }

  function isDue(): boolean {
    const isEarly = set !== undefined && system.now() < renewalTime(set);
    return acquire !== undefined && renewing === undefined && !isEarly && !isClosed;
  }

  async function renewWhenDue(): Promise<void> {
    if (!isDue()) return;
    if (isPaused(system.now())) {
      if (failure === undefined) return;
      await lookAtSignIns();
      if (!isDue() || isPaused(system.now())) return;
    }
    if (acquire !== undefined) renewing = renew(acquire);
  }

  return {
    renewWhenDue: () => void renewWhenDue(),
    settle: async () => {
      isClosed = true;
      if (renewing !== undefined) await Promise.race([renewing, system.sleep(settleLimit)]);
    },
    current: async () => {
      const looked = renewWhenDue();
      if (valid() === undefined) await looked;
      if (valid() === undefined && renewing !== undefined)
        await Promise.race([renewing, system.sleep(waitLimit)]);
      return valid() ?? failure ?? unavailable(renewing !== undefined);
    },
  };
}

function unavailable(isRenewing: boolean): Failure {
  return isRenewing
    ? new Failure("failed", "new credentials are being acquired")
    : new Failure("sign-in-needed", "the credentials have ended, and cannot be renewed without a person", {
        hints: ["end the program, and run aws-login again"],
      });
}
