/** Retrieving under `--use-cache`: what is cached of each credential source, and which files it depends on. */
import type { HttpClient } from "../../aws/http/http-client.ts";
import { homeDirectory, ownFolderPath } from "../../config/paths.ts";
import { portalsPath } from "../../sso/own-token-cache.ts";
import type { CredentialSource } from "../credential-source.ts";
import type { IdentityRequest } from "../identity-request.ts";
import type { Acquired, Prompting, Retrieval } from "../retrieval.ts";
import type { SsoSource } from "../sources/sso.ts";
import type { WebIdentityToken } from "../sources/web-identity-token.ts";
import { type CredentialKey, credentialKey, type KeyOption, requestAfter } from "./key.ts";
import type { RecordedReads } from "./recorded-reads.ts";
import { type Acquire, type CacheOptions, cachedOrRetrieved, type FreshlyAcquired } from "./refresh.ts";

export interface CachedAcquisition {
  readonly request: Pick<IdentityRequest, KeyOption> & CacheOptions;
  readonly source: CredentialSource;
  readonly withSteps: boolean;
  /** Has read what the plan was made from: the config files, a file of roles. */
  readonly reads: RecordedReads;
  readonly clock: Pick<HttpClient, "clockOffset">;
  readonly trace: (line: string) => void;
}

/** Throws a Failure. */
export async function acquireCached(retrieval: Retrieval, acquisition: CachedAcquisition): Promise<Acquired> {
  const { request: options, source, withSteps, reads } = acquisition;
  const { system } = reads;
  const home = await homeDirectory(system);
  const folder = ownFolderPath(system.env, home);
  // The environment or a file holds these already.
  if (source.kind === "keys" && !withSteps) return acquireWhole(retrieval, { prompt: "allowed" });
  const key = credentialKey(options, system.env, home, reads.fingerprint);
  if (folder !== undefined && key !== undefined)
    return acquireWithKey(retrieval, acquisition, { home, folder, key });
  const acquired = await acquireWhole(retrieval, { prompt: "allowed" });
  const why = folder === undefined ? "no home directory is known" : "a config file could not be read";
  system.stderr(`aws-login: warning: the credentials are not cached: ${why}`);
  return acquired;
}

type How = Parameters<Retrieval["retrieveSource"]>[0];

async function acquireWhole(retrieval: Retrieval, how: How): Promise<Acquired> {
  return retrieval.runSteps(await retrieval.retrieveSource(how), how);
}

interface Keyed {
  readonly home: string | undefined;
  readonly folder: string;
  readonly key: CredentialKey;
}

async function acquireWithKey(
  retrieval: Retrieval,
  acquisition: CachedAcquisition,
  { home, folder, key }: Keyed,
): Promise<Acquired> {
  const { request: options, source, withSteps, reads } = acquisition;
  const { system } = reads;
  const cached = (request: string, acquire: Acquire) =>
    cachedOrRetrieved(
      { ...acquisition, system, options, folder, key: { request, files: key.files } },
      acquire,
    );
  const nothingToAsk = async () => {};

  switch (source.kind) {
    case "web-identity":
      return cached(key.request, {
        ask: nothingToAsk,
        retrieve: async (how) => ({
          acquired: await acquireWhole(retrieval, how),
          dependsOn: tokenDependencies(source.token, reads),
        }),
      });
    case "rolesanywhere": {
      const { signerPaths } = await import("../sources/rolesanywhere/signer.ts");
      return cached(key.request, {
        ask: retrieval.askKeyPassword,
        retrieve: async (how) => ({
          acquired: await acquireWhole(retrieval, how),
          dependsOn: dependencies(signerPaths(source, system, home), reads),
        }),
      });
    }
    case "sso-role":
      return cached(key.request, {
        ask: nothingToAsk,
        retrieve: (how) => acquireFromPortal(retrieval, source, how, { folder, reads }),
      });
    // Keys are at hand. Only asking the others again tells whether they give other credentials now.
    case "keys":
    case "process":
    case "container":
    case "instance-metadata":
    case "login-session": {
      const begun = await retrieval.retrieveSource({ prompt: "allowed" });
      if (!withSteps) return begun;
      return cached(source.kind === "keys" ? key.request : requestAfter(key.request, begun.credentials), {
        ask: () => retrieval.askMfaCode(begun),
        retrieve: async (how) => ({ acquired: await retrieval.runSteps(begun, how), dependsOn: [] }),
      });
    }
  }
}

/**
 * The file of the token. GitHub's token is in no file: the cache key has the job that asks for it. Undefined for a token on
 * stdin, which no other run can compare.
 */
function tokenDependencies(token: WebIdentityToken, reads: RecordedReads): readonly string[] | undefined {
  if (token.kind === "stdin") return undefined;
  return dependencies(token.kind === "file" ? [token.path] : [], reads);
}

async function acquireFromPortal(
  retrieval: Retrieval,
  source: SsoSource,
  how: Prompting,
  { folder, reads }: { readonly folder: string; readonly reads: RecordedReads },
): Promise<FreshlyAcquired> {
  let tokenFile: string | undefined;
  const acquired = await acquireWhole(retrieval, {
    ...how,
    opened: async (portal) => {
      tokenFile = portal.tokenFile;
    },
  });
  return { acquired, dependsOn: loginDependencies(source, tokenFile, folder, reads) };
}

/** The files that decide whose role it is; undefined for a token that no file holds. */
function loginDependencies(
  { portal }: SsoSource,
  tokenFile: string | undefined,
  folder: string,
  reads: RecordedReads,
): readonly string[] | undefined {
  if (tokenFile === undefined) return undefined;
  // Where no portal is named, the role is that of the portal signed in to last.
  const isLatest = portal.kind === "own" && portal.startUrl === undefined;
  return dependencies(isLatest ? [tokenFile, portalsPath(folder)] : [tokenFile], reads);
}

/**
 * Each path with the fingerprint of the content that this run has used. Undefined when the content is not known, or
 * cannot be compared later, as that of a pipe.
 */
function dependencies(
  paths: readonly string[],
  { system, fingerprint }: RecordedReads,
): readonly string[] | undefined {
  const pairs: string[] = [];
  for (const path of paths) {
    const used = fingerprint(path);
    if (used === undefined || system.fileFingerprint(path) === undefined) return undefined;
    pairs.push(path, used);
  }
  return pairs;
}
