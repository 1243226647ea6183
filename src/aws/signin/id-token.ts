/** The id token of an `aws login` sign-in, which names the identity. Pure. */
import { readFields, textField } from "../../lib/json-object.ts";

/**
 * The ARN in the claim `sub`; undefined for a text that is no JWT with one. The signature is not checked: the token came
 * from the service itself, over TLS, and gives no rights.
 */
export function identityOfToken(idToken: string): string | undefined {
  const [, payload] = idToken.split(".");
  if (payload === undefined) return undefined;
  const claims = readFields(Buffer.from(payload, "base64url").toString());
  const sub = claims && textField(claims, "sub");
  return sub !== undefined && /^arn:[a-z0-9-]+:(iam|sts)::\d{12}:[\x21-\x7e]+$/.test(sub) ? sub : undefined;
}
