/** Acquired credentials as the cache keeps them, and back. */
import type { Kept } from "../store/credential-entry.ts";
import type { Acquired } from "./acquire-start.ts";

/** What an entry says of credentials beside themselves, as JSON. */
export function keptText({ kind, holder }: Acquired): string {
  return JSON.stringify({ kind, holder });
}

/** The reverse, for what `keptText` and `formatCredentialHelper` wrote: an entry that was changed since is not read. */
export function readKept({ about, answer, expires }: Kept): Acquired {
  const { kind, holder }: Pick<Acquired, "kind" | "holder"> = JSON.parse(about);
  const keys: Readonly<Record<string, string>> = JSON.parse(answer);
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken, AccountId } = keys;
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      expiration: expires,
      ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
      ...(AccountId === undefined ? {} : { accountId: AccountId }),
    },
    kind,
    holder,
  };
}
