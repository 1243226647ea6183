/**
 * The key of a request for credentials: everything that determines which credentials it gets, and no secret. On the fast
 * path: uses few built-ins and loads little.
 */
import { expandPath, sharedFilePaths } from "../../config/paths.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { sha256Hex } from "../../lib/digest.ts";
import { version } from "../../lib/version.ts";
import type { Environment } from "../../system/types.ts";
import type { IdentityRequest } from "../identity-request.ts";

/** The members of the request that determine whose credentials it gets. */
export const keyOptions = [
  "profile",
  "region",
  "startUrl",
  "ssoRegion",
  "ssoSession",
  "ssoAcctId",
  "ssoRoleName",
  "getSessionToken",
  "getFederationToken",
  "assumeRoles",
  "roleSessionName",
  "externalId",
  "sourceIdentity",
  "duration",
  "mfaSerial",
] as const satisfies readonly (keyof IdentityRequest)[];

/** Those that count beside `--role-arn`, which each needs. */
export const roleSourceOptions = [
  "roleArn",
  "certificate",
  "privateKey",
  "intermediates",
  "trustAnchorArn",
  "profileArn",
  "endpoint",
  "webIdentityToken",
] as const satisfies readonly (keyof IdentityRequest)[];

/** The variables that count beside `--role-arn`. */
export const roleSourceVariables = ["AWS_ENDPOINT_URL_ROLESANYWHERE"] as const;

export type KeyOption = (typeof keyOptions)[number] | (typeof roleSourceOptions)[number];

/** The variables whose value counts. */
export const keyVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_ACCOUNT_ID",
  "AWS_CONFIG_FILE",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_DEFAULT_PROFILE",
  "AWS_DEFAULT_REGION",
  "AWS_EC2_INSTANCE_PROFILE_NAME",
  "AWS_EC2_METADATA_DISABLED",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_SIGNIN",
  "AWS_ENDPOINT_URL_SSO",
  "AWS_ENDPOINT_URL_SSO_OIDC",
  "AWS_ENDPOINT_URL_STS",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_IMDS_USE_IPV6",
  "AWS_LOGIN_CACHE_DIRECTORY",
  "AWS_LOGIN_HOME",
  "AWS_LOGIN_PROFILE_CHAIN",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_STS_REGIONAL_ENDPOINTS",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
] as const;

/** Secrets: only whether there is one counts. The access key id determines which, or it makes no difference. */
export const secretVariables = [
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
] as const;

export interface CredentialKey {
  /** What is asked for, on one line: two requests that differ here have nothing in common. */
  readonly request: string;
  /** The fingerprints of the files, on one line: when a content changes, the credentials are retrieved anew. */
  readonly files: string;
}

const fileScheme = "file://".length;

/**
 * `fingerprintOf` tells the content of a file by its path: on the fast path as it is now, elsewhere as this run has read
 * it. Undefined when it cannot tell that of one of the files: then nothing is cached.
 */
export function credentialKey(
  options: Pick<IdentityRequest, KeyOption>,
  env: Environment,
  home: string | undefined,
  fingerprintOf: (path: string) => string | undefined,
): CredentialKey | undefined {
  let request = part(version) + part(home);
  for (const name of keyOptions) request += part(options[name]);
  for (const name of keyVariables) {
    const value = env[name];
    const isPlain = value === undefined || (!value.includes("$") && !value.includes("@"));
    request += isPlain ? part(value) : special(value, env, home);
  }
  for (const name of secretVariables) request += part(env[name] && "secret");
  // One comparison: most requests name no such source.
  if (options.roleArn !== undefined) {
    for (const name of roleSourceOptions) {
      const value = options[name];
      request += value?.includes("$") ? special(value, env, home) : part(value);
    }
    for (const name of roleSourceVariables) request += part(env[name]);
    // They say which job asks; its token says whose credentials it gets.
    if (options.webIdentityToken === "github") {
      const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env;
      request += sha256Hex(`${part(url)}${part(secret)}`);
    }
  }

  const { config, credentials } = sharedFilePaths(env, home);
  const list = options.assumeRoles?.startsWith("file://") ? options.assumeRoles : undefined;
  let files = "";
  for (const path of [config.path, credentials.path, list && expandPath(list.slice(fileScheme), env, home)]) {
    const fingerprint = path === undefined ? "" : fingerprintOf(path);
    if (fingerprint === undefined) return undefined;
    files += part(fingerprint);
  }
  return { request, files };
}

/**
 * A value after its length, so that no two lists of values read the same. Not `JSON`, whose first use costs a cached
 * answer a megabyte of memory; only a value with a line break needs it.
 */
function part(value: string | number | boolean | undefined): string {
  if (value === undefined) return "-";
  const text = `${value}`;
  return text.includes("\n") ? `json${JSON.stringify(text)}` : `${text.length}:${text}`;
}

/** A path may name other variables, whose values then count. An address may hold a password, which is not written. */
function special(value: string, env: Environment, home: string | undefined): string {
  if (value.includes("://")) return `sha256:${sha256Hex(value)}`;
  return `${part(value)}=${part(expandPath(value, env, home))}`;
}

/** The request for a role chain whose source is retrieved every time, by the credentials that the source gave. */
export function requestAfter(request: string, credentials: Credentials): string {
  const { accessKeyId, secretAccessKey, sessionToken, accountId } = credentials;
  const content = [secretAccessKey, sessionToken ?? null, accountId ?? null];
  return `${request} ${part(accessKeyId)} ${sha256Hex(JSON.stringify(content))}`;
}
