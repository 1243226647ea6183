/** Reading the credentials document of instance metadata. */
import type { Credentials } from "../../credentials.ts";
import { Failure } from "../../errors.ts";
import { parseIsoTime } from "../iso-time.ts";

/**
 * The document carries its own verdict: an error comes with HTTP status 200 and a `Code` other than `Success`.
 * The token's member is `Token`, not `SessionToken`. Throws a Failure that repeats nothing but AWS's code and
 * message.
 */
export function readInstanceDocument(text: string, role: string): Credentials {
  const doing = `cannot get the credentials of ${role} from instance metadata`;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Failure("failed", `${doing}: the answer is not JSON`);
  }
  const member = (name: string): string | undefined => {
    if (typeof document !== "object" || document === null) return undefined;
    const value: unknown = Object.getOwnPropertyDescriptor(document, name)?.value;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const code = member("Code");
  if (code !== undefined && code !== "Success") {
    const message = member("Message");
    throw new Failure("failed", `${doing}: ${message === undefined ? code : `${code}: ${message}`}`, {
      hints: ["look at the trust policy of the instance's role: it must admit ec2.amazonaws.com"],
    });
  }
  const [accessKeyId, secretAccessKey, sessionToken] = [
    member("AccessKeyId"),
    member("SecretAccessKey"),
    member("Token"),
  ];
  const expires = member("Expiration");
  const expiration = expires === undefined ? undefined : parseIsoTime(expires);
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) {
    throw new Failure(
      "failed",
      `${doing}: the answer lacks AccessKeyId, SecretAccessKey, Token or a readable Expiration`,
    );
  }
  const accountId = member("AccountId");
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    ...(accountId === undefined ? {} : { accountId }),
  };
}
