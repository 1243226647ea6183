/**
 * Credentials for all who ask for the same: one process gets them, the others use what it got. While they are good
 * still but about to end, one renews them and the others go on with what there is.
 */
import type { HttpClient } from "../../aws/http/http-client.ts";
import { formatCredentialHelper } from "../../lib/credential-process-json.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { fileLock } from "../../lib/lock.ts";
import type { RefreshMode, SignInMode } from "../../lib/option-choices.ts";
import { readOwnFile } from "../../lib/private-file.ts";
import { tellWaiting } from "../../sso/login/tell-waiting.ts";
import type { System } from "../../system/types.ts";
import type { Acquired, Prompting } from "../retrieval.ts";
import type { CachedSet, Entry, EntryKey } from "./entry.ts";
import { failureNote, notedFailure } from "./failure-note.ts";
import { lifeState, retryTime } from "./lifetime.ts";
import { entryOf, entryPath } from "./read.ts";
import { cachedText, parseCached } from "./serialize.ts";
import { credentialLockName, sweepEntries, writeEntry } from "./write.ts";

/** Milliseconds that one waits for another process without a word, and in all: longer where a person may sign in. */
const quietWait = 10_000;
const renewalWait = 60_000;
const signInWait = 660_000;

/** The note of a process that got credentials which must not be written: each has to get its own. */
const nothingKept = "nothing to keep";

export interface FlightOptions {
  readonly refresh: RefreshMode;
  readonly signIn: SignInMode;
  readonly mfaToken?: string;
}

export interface Flight {
  readonly system: System;
  readonly folder: string;
  readonly key: EntryKey;
  readonly options: FlightOptions;
  /** How far AWS's clock, by which credentials end, is ahead of this machine's, as far as this run knows. */
  readonly clock: Pick<HttpClient, "clockOffset">;
  readonly trace: (line: string) => void;
}

/** Credentials, and the files with their marks that they depend on besides the key's; undefined: not to be kept. */
export interface FreshlyAcquired {
  readonly acquired: Acquired;
  readonly dependsOn: readonly string[] | undefined;
}

/** Gets the credentials, by asking a person where the caller allows it. */
export type Acquire = (how: Prompting) => Promise<FreshlyAcquired>;

interface Served {
  readonly cached: CachedSet;
  readonly identity: Acquired;
}

/** Throws a Failure: this process's own, or that of the one it waited for. */
export async function singleFlight(flight: Flight, acquire: Acquire): Promise<Acquired> {
  const { system, folder, key, options, trace } = flight;
  const lock = fileLock(system, folder, credentialLockName(key.request), trace);
  const began = system.startedAt();
  // Credentials of somebody else's making are not used. That none are kept either is told when it comes to that.
  const isOurs = await system.restrictFolder(folder).then(
    () => true,
    () => false,
  );

  const warn = (line: string) => system.stderr(`aws-login: warning: ${line}`);
  let skipped = false;

  /** Whatever cannot be read, or is not to be believed, is not there: the credentials can be had anew. */
  async function readCachedFile(file: string): Promise<string | undefined> {
    try {
      return await readOwnFile(system, file);
    } catch (error) {
      if (!skipped) warn(`the credentials that are kept are passed over: ${reasonOf(error)}`);
      skipped = true;
      return undefined;
    }
  }

  async function read(): Promise<Entry | undefined> {
    if (!isOurs) return undefined;
    const path = entryPath(folder, key.request);
    return entryOf(await readCachedFile(path), key, system.fileFingerprint);
  }

  /** Credentials that may be served, as the options have it. */
  function usable(entry: Entry | undefined): Served | undefined {
    const cached = entry?.cached;
    if (cached === undefined || lifeState(cached, system.now()) === "over") return undefined;
    if (options.signIn === "always") return undefined;
    // What another process got since this one began is as new as one could wish.
    if (options.refresh === "on" && cached.acquired < began) return undefined;
    const identity = parseCached(cached);
    return identity && { cached, identity };
  }

  const isFresh = ({ cached }: Served) => lifeState(cached, system.now()) === "fresh";

  function serve({ cached, identity }: Served): Acquired {
    trace(`credentials: ${identity.principal}, kept since ${new Date(cached.acquired).toISOString()}`);
    return identity;
  }

  /** What the process that this one waited for left in the place of credentials. */
  function noteFor(entry: Entry | undefined): string | undefined {
    return entry?.note === undefined || entry.note.at < began ? undefined : entry.note.text;
  }

  /** Why it failed, if it went about it in the same way. An MFA code of one's own may be the better one. */
  function refusal(entry: Entry | undefined): Failure | undefined {
    const text = options.mfaToken === undefined ? noteFor(entry) : undefined;
    return text === undefined ? undefined : notedFailure(text, options);
  }

  async function keep(entry: Entry, tell = trace): Promise<void> {
    try {
      await writeEntry(system, folder, key, entry);
    } catch (error) {
      tell(`the credentials are not cached: ${reasonOf(error)}`);
      return;
    }
    try {
      await sweepEntries(system, folder);
    } catch (error) {
      trace(`old credentials are not cleared away: ${reasonOf(error)}`);
    }
  }

  async function renew(how: Prompting): Promise<Acquired> {
    const { acquired, dependsOn } = await acquire(how);
    const { sessionToken, expiration } = acquired.credentials;
    const now = system.now();
    // Keys that do not end are a person's own, and are never written.
    if (sessionToken === undefined || expiration === undefined || dependsOn === undefined) {
      await keep({ cached: undefined, note: { at: now, text: nothingKept } });
      return acquired;
    }
    // Whoever finds them goes by this machine's clock.
    const life = { acquired: now, expires: expiration - flight.clock.clockOffset, retryAt: 0 };
    const answer = formatCredentialHelper(acquired.credentials);
    await keep(
      { cached: { ...life, dependsOn, about: cachedText(acquired), answer }, note: undefined },
      warn,
    );
    return acquired;
  }

  /** The old credentials are good still, so a failure is none. */
  async function renewOrServe(served: Served): Promise<Acquired> {
    try {
      return await renew({ prompt: "never" });
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      trace(`the credentials cannot be renewed and are used as they are: ${error.message}`);
      const retryAt = retryTime(served.cached.expires, system.now());
      await keep({ cached: { ...served.cached, retryAt }, note: undefined });
      return serve(served);
    }
  }

  async function renewOrNote(before: Entry | undefined): Promise<Acquired> {
    try {
      return await renew({ prompt: "allowed" });
    } catch (error) {
      const text = error instanceof Failure ? failureNote(error, options) : undefined;
      if (text !== undefined) await keep({ cached: before?.cached, note: { at: system.now(), text } });
      throw error;
    }
  }

  const first = usable(await read());
  if (first !== undefined && isFresh(first)) return serve(first);
  if (first !== undefined) {
    const held = await lock(0, async () => {
      const now = usable(await read()) ?? first;
      return isFresh(now) ? serve(now) : renewOrServe(now);
    });
    return held.kind === "done" ? held.value : serve(first);
  }

  let seen: Entry | undefined;
  /** What others left by now settles it, one way or the other. */
  const isSettled = () =>
    usable(seen) !== undefined || refusal(seen) !== undefined || noteFor(seen) === nothingKept;
  const settle = async (): Promise<Acquired> => {
    const served = usable(seen);
    if (served !== undefined) return serve(served);
    const refused = refusal(seen);
    if (refused !== undefined) throw refused;
    return (await acquire({ prompt: "allowed" })).acquired;
  };
  const keepWaiting = async (): Promise<boolean> => {
    seen = await read();
    return !isSettled();
  };
  const work = async (): Promise<Acquired> => ((await keepWaiting()) ? renewOrNote(seen) : settle());

  const limit = options.signIn === "never" ? renewalWait : signInWait;
  const quick = await lock(quietWait, work, keepWaiting);
  if (quick.kind === "done") return quick.value;
  if (isSettled()) return settle();
  tellWaiting(options.signIn, flight, "gets the same credentials");
  const slow = await lock(limit - quietWait, work, keepWaiting);
  if (slow.kind === "done") return slow.value;
  if (isSettled()) return settle();
  throw new Failure(
    // Whatever takes so long waits for a person.
    options.signIn === "never" ? "sign-in-needed" : "failed",
    `cannot get the credentials: another aws-login has been at it for ${limit / 1000} s`,
    { hints: ["finish or end the other one, then run the command again"] },
  );
}
