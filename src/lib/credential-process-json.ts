/** Credentials in the form that `credential_process` asks for, which is also the form of a cache entry. */
import type { Credentials } from "./credentials.ts";
import { formatIsoTime } from "./iso-time.ts";
import { jsonText } from "./json-text.ts";

/**
 * The output of a `credential_process`: one line of JSON and a newline. `Version` is the number 1. A member without a
 * value is left out, because SDKs take an empty `SessionToken` for a token.
 */
export function formatCredentialHelper(credentials: Credentials): string {
  return `${jsonText({ Version: 1, ...credentialMembers(credentials) })}\n`;
}

/** The members beside `Version`, in AWS's order; `jsonText()` leaves an undefined one out. */
export function credentialMembers(credentials: Credentials): Readonly<Record<string, string | undefined>> {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expiration === undefined ? undefined : formatIsoTime(credentials.expiration),
    AccountId: credentials.accountId,
  };
}
