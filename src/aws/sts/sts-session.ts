/** Credentials in an answer of STS. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { parseIsoTime } from "../../lib/iso-time.ts";
import { child, textOf, type XmlElement } from "./xml.ts";

/** New credentials and the ARN of the session they stand for, where the operation tells it. */
export interface Session {
  readonly credentials: Credentials;
  readonly arn: string | undefined;
}

/** Reads the `Credentials` of a result. `userElement` is the one whose `Arn` names the session, if there is one. */
export function readSession(
  action: string,
  result: XmlElement,
  userElement: "AssumedRoleUser" | "FederatedUser" | undefined,
): Session {
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
    throw incomplete(action, "AccessKeyId, SecretAccessKey, SessionToken and a readable Expiration");
  }
  const accountId = arn?.split(":")[4];
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...(accountId ? { accountId } : {}),
    },
    arn,
  };
}

/** The Failure for an answer that is one of STS and lacks what was asked for. */
export function incomplete(action: string, wanted: string): Failure {
  return new Failure("failed", `the answer to ${action} lacks one of ${wanted}`);
}
