/** Acquired credentials as an entry holds them, and back. Pure. */

import { readFields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { isCredentialKind } from "../kinds.ts";
import type { Acquired } from "../retrieval.ts";
import type { CachedCredentials } from "./entry.ts";

/** What an entry says about credentials besides their values, as JSON. */
export function cachedText({ kind, principal }: Acquired): string {
  return JSON.stringify({ kind, principal });
}

/** The reverse, for texts of `cachedText` and `formatCredentialHelper`; undefined for anything else. */
export function parseCached({ about, answer, expires }: CachedCredentials): Acquired | undefined {
  const [said, keys] = [readFields(about), readFields(answer)];
  const kind = said && textField(said, "kind");
  const principal = said && textField(said, "principal");
  const accessKeyId = keys && textField(keys, "AccessKeyId");
  const secretAccessKey = keys && textField(keys, "SecretAccessKey");
  const sessionToken = keys && textField(keys, "SessionToken");
  const accountId = keys && textField(keys, "AccountId");
  if (kind === undefined || !isCredentialKind(kind) || principal === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
    return undefined;
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration: expires,
      ...optional("accountId", accountId),
    },
    kind,
    principal,
  };
}
