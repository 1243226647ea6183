/**
 * The answer of `dumpcreds --profile NAME` for a profile that holds keys and nothing else that matters, without the code
 * of the other sources: it decides nothing that `acquireIdentity()` decides otherwise, because profiles of any other
 * content are left to that. It is synchronous, as is every read on the way (docs/start-up.md).
 */
import { mappedSharedConfig } from "../config/load.ts";
import { homeOfEnvironment } from "../config/paths.ts";
import { chooseRegion } from "../config/region.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { formatCredentials } from "../format/credentials.ts";
import { formatCredentialHelper } from "../lib/credential-process-json.ts";
import type { Credentials } from "../lib/credentials.ts";
import type { Environment, System } from "../system/types.ts";

export interface PlainKeysRequest {
  readonly profile: string;
  readonly credentialHelper: boolean;
}

/**
 * The text for stdout. Undefined where a run may do more than print the keys: another kind of profile, a setting that is
 * checked or warned about, a file that cannot be mapped, Windows, and every failure but those of a malformed file.
 */
export function plainKeys(
  { profile: name, credentialHelper }: PlainKeysRequest,
  env: Environment,
  system: Pick<System, "platform" | "readMapped" | "stdoutMayBeTerminal">,
): string | undefined {
  const home = homeOfEnvironment(env);
  if (home === undefined || system.platform === "win32" || hasRequestSettings(env)) return undefined;
  // On a terminal the comment comes first.
  if (!credentialHelper && system.stdoutMayBeTerminal()) return undefined;
  const profile = mappedSharedConfig(env, home, system)?.profile(name);
  const credentials = profile && keysAlone(profile);
  if (credentials === undefined) return undefined;
  // A run refuses a region that cannot be one, used or not.
  if (env.AWS_REGION || env.AWS_DEFAULT_REGION) chooseRegion(undefined, env, profile);
  if (credentialHelper) return formatCredentialHelper(credentials);
  const region = chooseRegion(undefined, {}, profile)?.region;
  return formatCredentials(credentials, { outform: "linux", region, comment: "last" });
}

/** Whether a variable is set that gives a setting of requests: a run checks it, and some name files. */
function hasRequestSettings(env: Environment): boolean {
  return Boolean(
    env.AWS_CA_BUNDLE !== undefined ||
      env.AWS_MAX_ATTEMPTS ||
      env.AWS_RETRY_MODE ||
      env.https_proxy ||
      env.HTTPS_PROXY ||
      env.http_proxy ||
      env.HTTP_PROXY ||
      env.no_proxy ||
      env.NO_PROXY,
  );
}

/** Settings that neither choose a source nor are checked. */
const PLAIN: Readonly<Record<string, true>> = {
  aws_access_key_id: true,
  aws_secret_access_key: true,
  aws_session_token: true,
  region: true,
  output: true,
  cli_pager: true,
};

function keysAlone(profile: Profile): Credentials | undefined {
  for (const key of profile.keys()) if (PLAIN[key] !== true) return undefined;
  const accessKeyId = propertyOf(profile, "aws_access_key_id")?.value;
  const secretAccessKey = propertyOf(profile, "aws_secret_access_key")?.value;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const token = propertyOf(profile, "aws_session_token");
  return token === undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId, secretAccessKey, sessionToken: token.value };
}
