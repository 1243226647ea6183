/** Credentials in a response of STS. */
import type { Credentials } from "../../lib/credentials.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import { child, textOf, type XmlElement } from "./xml.ts";

/** New credentials and the ARN of the session they stand for, where the operation tells it. */
export interface Session {
  readonly credentials: Credentials;
  readonly arn: string | undefined;
}

/**
 * Reads the `Credentials` of a result. `userElement` is the one whose `Arn` names the session, if there is one.
 * Rejects with a Failure when a member is missing.
 */
export async function readSession(
  action: string,
  result: XmlElement,
  userElement: "AssumedRoleUser" | "FederatedUser" | undefined,
): Promise<Session> {
  const user = userElement === undefined ? undefined : child(result, userElement);
  const arn = user === undefined ? undefined : textOf(user, "Arn");
  const keys = child(result, "Credentials");
  const text = (name: string) => (keys === undefined ? undefined : textOf(keys, name)?.trim());
  const [accessKeyId, secretAccessKey, sessionToken, expires] = [
    text("AccessKeyId"),
    text("SecretAccessKey"),
    text("SessionToken"),
    text("Expiration"),
  ];
  const expiration = expires === undefined ? undefined : parseIsoTime(expires);
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) {
    const { incompleteResponse } = await import("../http/unexpected-response.ts");
    throw incompleteResponse(action, "AccessKeyId, SecretAccessKey, SessionToken or a readable Expiration");
  }
  const accountId = optional("accountId", arn?.split(":")[4] || undefined);
  return { credentials: { accessKeyId, secretAccessKey, sessionToken, expiration, ...accountId }, arn };
}
