/**
 * Credentials for all who ask for the same: one process gets them, the others use what it got. While they are good
 * still but about to end, one renews them and the others go on with what there is.
 */
import { formatCredentialHelper } from "../credential-process.ts";
import { Failure } from "../errors.ts";
import { readEntry } from "../store/credential-cache.ts";
import type { Entry, EntryKey, Kept } from "../store/credential-entry.ts";
import { credentialLockName, sweepEntries, writeEntry } from "../store/credential-keeping.ts";
import { lifeState, retryTime } from "../store/credential-life.ts";
import { fileLock } from "../store/lock.ts";
import type { System } from "../system.ts";
import type { Acquired } from "./acquire-start.ts";
import { failureNote, notedFailure } from "./failure-note.ts";
import { keptText, readKept } from "./kept-identity.ts";

/** Milliseconds that one waits without a word for another process, and in all: longer where a person signs in. */
const quietWait = 3_000;
const renewalWait = 120_000;
const signInWait = 660_000;

export interface FlightOptions {
  readonly refresh: "auto" | "on" | "off";
  readonly signIn: "auto" | "always" | "never";
  readonly mfaToken?: string;
}

export interface Flight {
  readonly system: System;
  readonly folder: string;
  readonly key: EntryKey;
  readonly options: FlightOptions;
  readonly trace: (line: string) => void;
}

/** Credentials, and the files with their marks that they depend on besides those of the key; undefined: not to be kept. */
export interface FreshlyAcquired {
  readonly acquired: Acquired;
  readonly dependsOn: readonly string[] | undefined;
}

/** Gets the credentials; `alone` says that nobody may be asked anything, because there are others to go on with. */
export type Acquire = (quietly: boolean) => Promise<FreshlyAcquired>;

/** Throws a Failure: this process's own, or that of the one it waited for. */
export async function oneFlight(flight: Flight, acquire: Acquire): Promise<Acquired> {
  const { system, folder, key, options, trace } = flight;
  const lock = fileLock(system, folder, credentialLockName(key.request), trace);
  const began = system.startedAt();
  const read = () => readEntry(system, folder, key);

  /** Credentials that may be served, as the options have it. */
  const usable = (entry: Entry | undefined): Kept | undefined => {
    const kept = entry?.kept;
    if (kept === undefined || lifeState(kept, system.now()) === "over") return undefined;
    if (options.signIn === "always") return undefined;
    // What another process got since this one began is as new as one could wish.
    return options.refresh === "on" && kept.acquired < began ? undefined : kept;
  };
  const isFresh = (kept: Kept) => lifeState(kept, system.now()) === "fresh";

  /** Why the process that this one waited for failed, if it went about it in the same way. */
  const refusal = (entry: Entry | undefined): Failure | undefined => {
    const failure = entry?.failure;
    if (failure === undefined || failure.at < began || options.mfaToken !== undefined) return undefined;
    return notedFailure(failure.text, options);
  };

  async function keep(entry: Entry): Promise<void> {
    try {
      await writeEntry(system, folder, key, entry);
      await sweepEntries(system, folder);
    } catch (error) {
      trace(`the credentials are not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async function renew(quietly: boolean): Promise<Acquired> {
    const { acquired, dependsOn } = await acquire(quietly);
    const { sessionToken, expiration } = acquired.credentials;
    // Keys that do not end are a person's own, and are never written.
    if (sessionToken === undefined || expiration === undefined || dependsOn === undefined) return acquired;
    const life = { acquired: system.now(), expires: expiration, retryAt: 0 };
    const answer = formatCredentialHelper(acquired.credentials);
    await keep({ kept: { ...life, dependsOn, about: keptText(acquired), answer }, failure: undefined });
    return acquired;
  }

  async function renewOrServe(kept: Kept): Promise<Acquired> {
    try {
      return await renew(true);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      trace(`the credentials cannot be renewed and are used as they are: ${error.message}`);
      const retryAt = retryTime(kept.expires, system.now());
      await keep({ kept: { ...kept, retryAt }, failure: undefined });
      return readKept(kept);
    }
  }

  async function renewOrNote(): Promise<Acquired> {
    try {
      return await renew(false);
    } catch (error) {
      const text = error instanceof Failure ? failureNote(error, options) : undefined;
      if (text !== undefined) await keep({ kept: undefined, failure: { at: system.now(), text } });
      throw error;
    }
  }

  const serve = (kept: Kept): Acquired => {
    trace(`credentials: kept since ${new Date(kept.acquired).toISOString()}`);
    return readKept(kept);
  };

  const kept = usable(await read());
  if (kept !== undefined && isFresh(kept)) return serve(kept);
  if (kept !== undefined) {
    const held = await lock(0, async () => {
      const now = usable(await read()) ?? kept;
      return isFresh(now) ? serve(now) : renewOrServe(now);
    });
    return held.kind === "done" ? held.value : serve(kept);
  }

  let seen: Entry | undefined;
  const waiting = async (): Promise<boolean> => {
    seen = await read();
    return usable(seen) === undefined && refusal(seen) === undefined;
  };
  const work = async (): Promise<Acquired> => {
    const entry = await read();
    const now = usable(entry);
    if (now !== undefined) return serve(now);
    const failed = refusal(entry);
    if (failed !== undefined) throw failed;
    return renewOrNote();
  };
  const limit = options.signIn === "never" ? renewalWait : signInWait;
  for (const wait of [quietWait, limit - quietWait]) {
    const held = await lock(wait, work, waiting);
    if (held.kind === "done") return held.value;
    const now = usable(seen);
    if (now !== undefined) return serve(now);
    const failed = refusal(seen);
    if (failed !== undefined) throw failed;
    if (wait === quietWait) trace("waiting for another aws-login that gets the same credentials");
  }
  throw new Failure(
    "failed",
    `cannot get the credentials: another aws-login has been at it for ${limit / 1000} s`,
    { hints: ["finish or end the other one, then run the command again"] },
  );
}
