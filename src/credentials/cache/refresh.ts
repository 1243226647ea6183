/**
 * Cached credentials, or new ones that one process retrieves for all that ask for the same. While cached credentials are
 * valid but about to expire, one process renews them and the others go on with them.
 */
import type { HttpClient } from "../../aws/http/http-client.ts";
import { formatCredentialHelper } from "../../lib/credential-process-json.ts";
import { Failure } from "../../lib/errors.ts";
import { fileLock } from "../../lib/lock.ts";
import { quietWait, singleFlight } from "../../lib/single-flight.ts";
import type { TokenPolicy } from "../../sso/token-policy.ts";
import type { System } from "../../system/types.ts";
import type { Acquired, Prompting } from "../retrieval.ts";
import type { CachedCredentials, Entry, EntryKey } from "./entry.ts";
import { failureNote, notedFailure } from "./failure-note.ts";
import { lifeState, retryTime } from "./lifetime.ts";
import { cachedText, parseCached } from "./serialize.ts";
import { openStoredEntry, type StoredEntry } from "./stored-entry.ts";
import { credentialLockName } from "./write.ts";

/** The note of a process whose credentials must not be written: each process has to retrieve its own. */
const nothingCached = "nothing cached";

export interface CacheOptions extends TokenPolicy {
  readonly mfaToken?: string;
}

export interface CachedRequest {
  readonly system: System;
  readonly folder: string;
  readonly key: EntryKey;
  readonly options: CacheOptions;
  /** How far AWS's clock, by which credentials expire, is ahead of this machine's, as far as this run knows; it learns that. */
  readonly clock: Pick<HttpClient, "clockOffset">;
  readonly trace: (line: string) => void;
}

/** Credentials, and the files that they depend on besides the key's, each with its fingerprint; undefined: do not cache. */
export interface FreshlyAcquired {
  readonly acquired: Acquired;
  readonly dependsOn: readonly string[] | undefined;
}

export interface Acquire {
  /** Asks the person for what the retrieval needs, before any lock is taken: a person may take long, or leave. */
  readonly ask: () => Promise<void>;
  readonly retrieve: (how: Prompting) => Promise<FreshlyAcquired>;
}

/** Another process's result: credentials, its failure, or credentials that were not to be cached. */
type Found =
  | { readonly kind: "served"; readonly acquired: Acquired }
  | { readonly kind: "refused"; readonly failure: Failure }
  | { readonly kind: "nothing-cached" };

interface Run extends CachedRequest {
  readonly entry: StoredEntry;
  readonly began: number;
}

interface Usable {
  readonly cached: CachedCredentials;
  readonly acquired: Acquired;
}

/** Throws a Failure: this process's own, or that of the process that it waited for. */
export async function cachedOrRetrieved(request: CachedRequest, acquire: Acquire): Promise<Acquired> {
  const { system, folder, key, options, trace } = request;
  const entry = await openStoredEntry(system, folder, key, trace);
  const run: Run = { ...request, entry, began: system.startedAt() };
  const first = usable(run, await entry.read());
  if (first !== undefined && isFresh(run, first)) return serve(run, first);
  if (first === undefined) await acquire.ask();
  let latest = first;
  const found = await singleFlight<Found>(
    {
      lock: fileLock(system, folder, credentialLockName(key.request), trace),
      found: async () => {
        const read = await entry.read();
        if (first === undefined) return settled(run, read);
        latest = usable(run, read) ?? first;
        return isFresh(run, latest) ? served(run, latest) : undefined;
      },
      renew: async () => ({
        kind: "served",
        acquired:
          latest === undefined
            ? await retrieveOrNote(run, acquire)
            : await renewOrServe(run, acquire, latest),
      }),
      valid: first && { kind: "served", acquired: first.acquired },
      // One call for all is an economy, and no more: a process that has the lock and does not finish blocks no other.
      timeout: quietWait,
      doing: "retrieves the same credentials",
      prompt: options.signIn === "never" ? "never" : "allowed",
      timedOut: async () => ({ kind: "served", acquired: await retrieveOrNote(run, acquire) }),
    },
    request,
  );
  if (found.kind === "served") return found.acquired;
  if (found.kind === "refused") throw found.failure;
  return (await acquire.retrieve({ prompt: "allowed" })).acquired;
}

/** Credentials that may be served, as the options have it. */
function usable({ options, system, began }: Run, entry: Entry | undefined): Usable | undefined {
  const cached = entry?.cached;
  if (cached === undefined || lifeState(cached, system.now()) === "over") return undefined;
  if (options.signIn === "always") return undefined;
  // What another process retrieved since this one began is new enough.
  if (options.refresh === "on" && cached.acquired < began) return undefined;
  const acquired = parseCached(cached);
  return acquired && { cached, acquired };
}

function isFresh({ system }: Run, { cached }: Usable): boolean {
  return lifeState(cached, system.now()) === "fresh";
}

function serve({ trace, clock }: Run, { cached, acquired }: Usable): Acquired {
  if (clock.clockOffset === 0) clock.clockOffset = knownOffset(cached, acquired);
  trace(`credentials: ${acquired.principal}, cached since ${new Date(cached.acquired).toISOString()}`);
  return acquired;
}

/** Milliseconds by which AWS's clock was ahead for the process that retrieved the credentials. */
function knownOffset(
  { expires }: CachedCredentials,
  { credentials: { expiration = expires } }: Acquired,
): number {
  // AWS's end is stored without its part of a second.
  return Math.abs(expiration - expires) < 1000 ? 0 : expiration - expires;
}

function served(run: Run, found: Usable): Found {
  return { kind: "served", acquired: serve(run, found) };
}

/** What another process has left since this one began, when that settles it. */
function settled(run: Run, entry: Entry | undefined): Found | undefined {
  const found = usable(run, entry);
  if (found !== undefined) return served(run, found);
  if (entry?.note === undefined || entry.note.at < run.began) return undefined;
  const { text } = entry.note;
  if (text === nothingCached) return { kind: "nothing-cached" };
  // With an MFA code of its own this process may succeed.
  const failure = run.options.mfaToken === undefined ? notedFailure(text, run.options) : undefined;
  return failure && { kind: "refused", failure };
}

async function retrieveAndCache(run: Run, acquire: Acquire, how: Prompting): Promise<Acquired> {
  const { acquired, dependsOn } = await acquire.retrieve(how);
  const { sessionToken, expiration } = acquired.credentials;
  const now = run.system.now();
  // Keys that do not expire are a person's own, and are never written.
  if (sessionToken === undefined || expiration === undefined || dependsOn === undefined) {
    await run.entry.write({ cached: undefined, note: { at: now, text: nothingCached } });
    return acquired;
  }
  // The processes that read the entry compare it with this machine's clock.
  const life = { acquired: now, expires: expiration - run.clock.clockOffset, retryAt: 0 };
  const answer = formatCredentialHelper(acquired.credentials);
  await run.entry.write(
    { cached: { ...life, dependsOn, about: cachedText(acquired), answer }, note: undefined },
    (line) => run.system.stderr(`aws-login: warning: ${line}`),
  );
  return acquired;
}

/** The cached credentials are still valid, so a failed renewal is not an error. */
async function renewOrServe(run: Run, acquire: Acquire, current: Usable): Promise<Acquired> {
  try {
    return await retrieveAndCache(run, acquire, { prompt: "never" });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    run.trace(`the credentials cannot be renewed and are used as they are: ${error.message}`);
    const retryAt = retryTime(current.cached.expires, run.system.now());
    await run.entry.write({ cached: { ...current.cached, retryAt }, note: undefined });
    return serve(run, current);
  }
}

/** A failure is noted in the entry, for the processes that wait. */
async function retrieveOrNote(run: Run, acquire: Acquire): Promise<Acquired> {
  const before = await run.entry.read();
  try {
    return await retrieveAndCache(run, acquire, { prompt: "allowed" });
  } catch (error) {
    const text = error instanceof Failure ? failureNote(error, run.options) : undefined;
    if (text !== undefined) {
      await run.entry.write({ cached: before?.cached, note: { at: run.system.now(), text } });
    }
    throw error;
  }
}
