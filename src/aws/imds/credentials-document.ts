/** The JSON document in which both instance metadata and the agents of containers hand out credentials. Pure. */
import type { Credentials } from "../../lib/credentials.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { type Fields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";

/** What messages list as missing when `documentCredentials()` returns undefined. */
export const documentMembers = "AccessKeyId, SecretAccessKey, Token or a readable Expiration";

/**
 * The credentials of the document, or undefined when a member is missing. The token's is `Token`, not `SessionToken`;
 * all but `AccountId` are required.
 */
export function documentCredentials(document: Fields): Credentials | undefined {
  const accessKeyId = textField(document, "AccessKeyId");
  const secretAccessKey = textField(document, "SecretAccessKey");
  const sessionToken = textField(document, "Token");
  const expiration = parseIsoTime(textField(document, "Expiration") ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) return undefined;
  const accountId = textField(document, "AccountId");
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    ...optional("accountId", accountId),
  };
}
