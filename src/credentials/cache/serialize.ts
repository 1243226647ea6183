/** Acquired credentials as an entry holds them, and back. Pure. */

import { parseIsoTime } from "../../lib/iso-time.ts";
import { readFields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { isCredentialKind } from "../kinds.ts";
import type { Acquired } from "../retrieval.ts";
import type { CachedCredentials } from "./entry.ts";

/** What an entry says about credentials besides their values, as JSON. */
export function cachedText({ kind, principal }: Acquired): string {
  return JSON.stringify({ kind, principal });
}

/**
 * The reverse, for texts of `cachedText` and `formatCredentialHelper`; undefined for anything else. The credentials end by
 * AWS's clock, as when they were retrieved, but at a whole second; the end of the entry is by this machine's.
 */
export function parseCached({
  about,
  answer,
}: Pick<CachedCredentials, "about" | "answer">): Acquired | undefined {
  const [said, keys] = [readFields(about), readFields(answer)];
  const kind = said && textField(said, "kind");
  const principal = said && textField(said, "principal");
  const accessKeyId = keys && textField(keys, "AccessKeyId");
  const secretAccessKey = keys && textField(keys, "SecretAccessKey");
  const sessionToken = keys && textField(keys, "SessionToken");
  const expiration = parseIsoTime((keys && textField(keys, "Expiration")) ?? "");
  const accountId = keys && textField(keys, "AccountId");
  if (kind === undefined || !isCredentialKind(kind) || principal === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  if (sessionToken === undefined || expiration === undefined) return undefined;
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...optional("accountId", accountId),
    },
    kind,
    principal,
  };
}
