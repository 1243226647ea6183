/** What a `credential_process` prints, read as strictly as the AWS CLI and SDKs agree on it. Pure. */

import type { Credentials } from "../../lib/credentials.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { readFields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";

/**
 * The credentials in the helper's stdout, or what is wrong with it; nothing of what it printed is repeated. Member
 * names count in their exact case. Without `Expiration` the keys do not expire.
 */
export function readProcessOutput(stdout: string): Credentials | { readonly why: string } {
  const document = readFields(stdout);
  if (document === undefined) return { why: "what it printed is not a JSON object" };
  const member = (name: string): unknown => (Object.hasOwn(document, name) ? document[name] : undefined);
  const text = (name: string) => textField(document, name);
  if (member("Version") !== 1) return { why: "what it printed lacks Version with the number 1" };
  const [accessKeyId, secretAccessKey] = [text("AccessKeyId"), text("SecretAccessKey")];
  if (accessKeyId === undefined) return { why: "what it printed lacks AccessKeyId" };
  if (secretAccessKey === undefined) return { why: "what it printed lacks SecretAccessKey" };
  const expires = member("Expiration") ?? undefined;
  const expiration = typeof expires === "string" ? parseIsoTime(expires) : undefined;
  if (expires !== undefined && expiration === undefined) {
    return { why: "the Expiration it printed is not a time such as 2030-01-31T12:00:00Z" };
  }
  const [sessionToken, accountId] = [text("SessionToken"), text("AccountId")];
  return {
    accessKeyId,
    secretAccessKey,
    ...optional("sessionToken", sessionToken),
    ...optional("expiration", expiration),
    ...optional("accountId", accountId),
  };
}
