/** Credentials as the cache keeps them, for tests. */
import { type CachedCredentials, formatFiles } from "../../src/credentials/cache/entry.ts";
import { formatCredentialHelper } from "../../src/lib/credential-process-json.ts";
import { noon } from "./fake-system.ts";
import { madeUpSecret, madeUpToken } from "./sts-answers.ts";

export const key = { request: '["a request"]', files: formatFiles(["/config", "a mark"]) };

/** The answer to `credential_process` with this key; `expires` in milliseconds since the epoch. */
export function keptAnswerOf(accessKeyId: string, expires = noon + 3_600_000): string {
  const credentials = { accessKeyId, secretAccessKey: madeUpSecret, sessionToken: madeUpToken };
  return formatCredentialHelper({ ...credentials, expiration: expires });
}

/** A role's session that was got at noon for an hour. */
export function keptRole(changed: Partial<CachedCredentials> = {}): CachedCredentials {
  return {
    acquired: noon,
    expires: noon + 3_600_000,
    retryAt: 0,
    dependsOn: [],
    about: '{"kind":"role","principal":"a role"}',
    answer: keptAnswerOf("ASIAKEPT"),
    ...changed,
  };
}
