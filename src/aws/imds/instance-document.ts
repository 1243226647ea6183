/** Reads the credentials document of instance metadata. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { readFields, textField } from "../../lib/json-object.ts";
import { quotable } from "../http/quotable.ts";
import { documentCredentials, documentMembers } from "./credentials-document.ts";

/** Characters: AWS's own are shorter. */
const longestMessage = 300;

/**
 * The credentials, or the Failure for a text that is no such document. The document carries its own verdict: an error
 * comes with HTTP status 200 and a `Code` other than `Success`, for which this throws a Failure. Either Failure repeats
 * nothing but AWS's code and message, with the `secrets` taken out.
 */
export function readInstanceDocument(
  text: string,
  role: string,
  secrets: readonly string[],
): { readonly credentials: Credentials } | { readonly unusable: Failure } {
  const doing = `cannot get the credentials of ${role} from instance metadata`;
  const document = readFields(text);
  if (document === undefined) {
    return { unusable: new Failure("failed", `${doing}: the response is not a JSON object`) };
  }
  const code = textField(document, "Code");
  if (code !== undefined && code !== "Success") {
    const message = textField(document, "Message");
    const said = quotable(message === undefined ? code : `${code}: ${message}`, secrets, longestMessage);
    throw new Failure("failed", `${doing}: ${said}`, {
      hints: ["look at the trust policy of the instance's role: it must admit ec2.amazonaws.com"],
    });
  }
  const credentials = documentCredentials(document);
  if (credentials !== undefined) return { credentials };
  return { unusable: new Failure("failed", `${doing}: the response lacks ${documentMembers}`) };
}
