/** The key of a request for credentials: everything that determines which credentials it gets, and no secret. */
import { expandPath, sharedFilePaths } from "../../config/paths.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { sha256Hex } from "../../lib/digest.ts";
import { version } from "../../lib/version.ts";
import type { Environment } from "../../system/types.ts";
import type { IdentityRequest } from "../identity-request.ts";
import { formatFiles } from "./entry.ts";
import { keyVariables, secretVariables } from "./key-parts.ts";

/** The members of the request that determine whose credentials it gets, and those with which it may be refused. */
export const keyOptions = [
  "profile",
  "region",
  "startUrl",
  "ssoRegion",
  "ssoSession",
  "ssoAcctId",
  "ssoRoleName",
  "assumeRoles",
  "roleSessionName",
  "externalId",
  "sourceIdentity",
  "duration",
  "mfaSerial",
  "roleArn",
  "certificate",
  "privateKey",
  "privateKeyPasswordFile",
  "intermediates",
  "trustAnchorArn",
  "profileArn",
  "endpoint",
  "webIdentityToken",
  "getSessionToken",
  "getFederationToken",
] as const satisfies readonly (keyof IdentityRequest)[];

export type KeyOption = (typeof keyOptions)[number];

export interface CredentialKey {
  /** What is asked for, on one line: two requests that differ here have nothing in common. */
  readonly request: string;
  /** The files, each with its fingerprint, on one line: when a content changes, the credentials are retrieved anew. */
  readonly files: string;
}

const fileScheme = "file://".length;

/**
 * `fingerprintOf` tells the content of a file by its path, as this run has read it. Undefined when it cannot tell that of
 * one of the files: then nothing is cached. `fast-path.ts` makes the same request line of plain values.
 */
export function credentialKey(
  options: Pick<IdentityRequest, KeyOption>,
  env: Environment,
  home: string | undefined,
  fingerprintOf: (path: string) => string | undefined,
): CredentialKey | undefined {
  let request = part(version) + part(home);
  for (const name of keyOptions) request += valuePart(options[name], env, home);
  for (const name of keyVariables.split("\n")) request += valuePart(env[name], env, home);
  for (const name of secretVariables.split("\n")) request += part(env[name] && "secret");
  // They say which job asks; its token says whose credentials it gets.
  if (options.webIdentityToken === "github") {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env;
    request += sha256Hex(`${part(url)}${part(secret)}`);
  }

  const { config, credentials } = sharedFilePaths(env, home);
  const list = options.assumeRoles?.startsWith("file://") ? options.assumeRoles : undefined;
  const pairs: string[] = [];
  for (const path of [config.path, credentials.path, list && expandPath(list.slice(fileScheme), env, home)]) {
    if (path === undefined) continue;
    const fingerprint = fingerprintOf(path);
    if (fingerprint === undefined) return undefined;
    pairs.push(path, fingerprint);
  }
  return { request, files: formatFiles(pairs) };
}

/** A value after its length, so that no two lists of values read the same. Only a value with a line break needs JSON. */
function part(text: string | undefined): string {
  if (text === undefined) return "-";
  return text.includes("\n") ? `json${JSON.stringify(text)}` : `${text.length}:${text}`;
}

/** A path may name other variables, whose values then count. An address may hold a password, which is not written. */
function valuePart(
  value: string | number | boolean | undefined,
  env: Environment,
  home: string | undefined,
): string {
  const text = value === undefined || value === false ? undefined : `${value}`;
  if (text?.includes("@") && text.includes("://")) return `sha256:${sha256Hex(text)}`;
  return text?.includes("$") ? `${part(text)}=${part(expandPath(text, env, home))}` : part(text);
}

/** The request for a role chain whose source is retrieved every time, by the credentials that the source gave. */
export function requestAfter(request: string, credentials: Credentials): string {
  const { accessKeyId, secretAccessKey, sessionToken, accountId } = credentials;
  const content = [secretAccessKey, sessionToken ?? null, accountId ?? null];
  return `${request} ${part(accessKeyId)} ${sha256Hex(JSON.stringify(content))}`;
}
