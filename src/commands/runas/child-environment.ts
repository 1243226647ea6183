/** The environment of the child of `runas`. Pure. */

import { competingVariables } from "../../config/competing-variables.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { wantedRegion } from "../../credentials/wanted-region.ts";
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";

/**
 * The environment of this process with the acquired keys in place of all others. Throws a Failure for credentials that
 * contain a NUL.
 */
export function childEnvironment(
  env: Environment,
  identity: Pick<Identity, "credentials" | "principal" | "region">,
): Environment {
  const child: Record<string, string | undefined> = { ...env };
  for (const name of competingVariables) delete child[name];
  const { credentials, region } = identity;
  refuseNul(identity);
  child.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  child.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  if (credentials.sessionToken === undefined) delete child.AWS_SESSION_TOKEN;
  else child.AWS_SESSION_TOKEN = credentials.sessionToken;
  const wanted = wantedRegion(env, region);
  if (wanted !== undefined) {
    child.AWS_REGION = wanted;
    child.AWS_DEFAULT_REGION = wanted;
  }
  return child;
}

/** A NUL ends a variable, so the child would see a shorter key. */
function refuseNul({ credentials, principal }: Pick<Identity, "credentials" | "principal">): void {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
  const values = {
    "access key id": accessKeyId,
    "secret access key": secretAccessKey,
    "session token": sessionToken,
  };
  const at = Object.entries(values).find(([, value]) => value.includes("\0"));
  if (at === undefined) return;
  throw new Failure(
    "failed",
    `cannot run a program with the credentials of ${principal}: the ${at[0]} contains a NUL character`,
    {
      hints: ["check the source of the credentials: AWS issues no key or token with a NUL"],
    },
  );
}
