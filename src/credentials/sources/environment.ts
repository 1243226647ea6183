/** The first source of the default chain: keys in environment variables. */

import type { ProfileChoice } from "../../config/profile-choice.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import type { Environment } from "../../system/types.ts";
import type { KeysSource } from "./static.ts";

/** What the environment holds; `why` says, for the list of sources that did not apply, what is missing. */
export type EnvironmentKeys =
  | { readonly kind: "found"; readonly credentials: Credentials }
  | { readonly kind: "absent"; readonly why: string };

/**
 * Reads the key variables as the SDKs do: blank counts as unset, a secret key alone is no source, an access key
 * without its secret is a mistake that must not fall through to another identity. Throws a Failure that names the
 * variable.
 */
export function environmentKeys(env: Environment): EnvironmentKeys {
  const accessKeyId = set(env.AWS_ACCESS_KEY_ID);
  const secretAccessKey = set(env.AWS_SECRET_ACCESS_KEY);
  if (accessKeyId === undefined) return { kind: "absent", why: "AWS_ACCESS_KEY_ID is not set" };
  if (secretAccessKey === undefined) {
    throw new Failure(
      "failed",
      "cannot use the keys of the environment: AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
      {
        hints: [
          "set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID to use another source of credentials",
        ],
      },
    );
  }
  const sessionToken = set(env.AWS_SESSION_TOKEN) ?? set(env.AWS_SECURITY_TOKEN);
  const accountId = set(env.AWS_ACCOUNT_ID);
  const expires = set(env.AWS_CREDENTIAL_EXPIRATION);
  const expiration = expires === undefined ? undefined : parseIsoTime(expires);
  if (expires !== undefined && expiration === undefined) {
    throw new Failure(
      "failed",
      `cannot use the keys of the environment: AWS_CREDENTIAL_EXPIRATION is not a time: "${expires}"`,
      {
        hints: ["it must look like 2030-01-31T12:00:00Z"],
      },
    );
  }
  return {
    kind: "found",
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...optional("sessionToken", sessionToken),
      ...optional("expiration", expiration),
      ...optional("accountId", accountId),
    },
  };
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** The keys of the environment, which come first in the default chain, unless `--profile` names a profile. */
export function environmentSource(choice: ProfileChoice, env: Environment): KeysSource | undefined {
  if (choice.source === "--profile") return undefined;
  const keys = environmentKeys(env);
  return keys.kind === "absent"
    ? undefined
    : { kind: "keys", from: "the environment", credentials: keys.credentials };
}
