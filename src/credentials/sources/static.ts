/** Static keys: those of the environment, and those of a profile. Pure. */
import { type Profile, propertyLocation, propertyOf, propertySource } from "../../config/section.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import { shellWord } from "../../lib/quoting.ts";

export interface KeysSource {
  readonly kind: "keys";
  /** Names the source in messages: "the environment", "profile dev (…/config:12)". */
  readonly from: string;
  readonly credentials: Credentials;
  /** The setting of the same profile that applies without the keys: `credential_process (…/config:5)`. */
  readonly shadows?: string;
}

/**
 * The static or session keys of the profile, or undefined when it has none. Throws a Failure for an access key
 * without its secret.
 */
export function profileKeys(profile: Profile): KeysSource | undefined {
  const accessKey = propertyOf(profile, "aws_access_key_id");
  if (accessKey === undefined) return undefined;
  const secretKey = propertyOf(profile, "aws_secret_access_key");
  if (secretKey === undefined) {
    throw new Failure(
      "failed",
      `cannot use the keys of profile ${profile.name}: aws_access_key_id is set at ${propertyLocation(accessKey)}, and aws_secret_access_key is missing`,
      { hints: [`complete it with: aws configure --profile ${shellWord(profile.name)}`] },
    );
  }
  const token = propertyOf(profile, "aws_session_token") ?? propertyOf(profile, "aws_security_token");
  return {
    kind: "keys",
    from: `profile ${profile.name} (${propertyLocation(accessKey)})`,
    credentials: {
      accessKeyId: accessKey.value,
      secretAccessKey: secretKey.value,
      ...optional("sessionToken", token?.value),
      ...optional("accountId", propertyOf(profile, "aws_account_id")?.value),
    },
    ...optional("shadows", shadowed(profile)),
  };
}

function shadowed(profile: Profile): string | undefined {
  for (const key of ["login_session", "credential_process"]) {
    const setting = propertyOf(profile, key);
    if (setting !== undefined) return propertySource(key, setting);
  }
  return undefined;
}

/** Throws a Failure for keys whose expiration has passed. `now` in milliseconds since the epoch. */
export function refuseExpiredKeys({ credentials: { expiration }, from }: KeysSource, now: number): void {
  if (expiration === undefined || expiration > now) return;
  throw new Failure(
    "failed",
    `cannot use the credentials of ${from}: they expired at ${formatIsoTime(expiration)}`,
    { hints: ["renew them where they came from"] },
  );
}
