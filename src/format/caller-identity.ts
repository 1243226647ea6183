import type { CallerIdentity } from "../lib/caller-identity.ts";
import { jsonText } from "../lib/json-text.ts";

/** The answer of `getcallerid`: a JSON object as the AWS CLI prints it, indented by four spaces, and a newline. */
export function formatCallerIdentity(identity: CallerIdentity): string {
  const members = { UserId: identity.userId, Account: identity.account, Arn: identity.arn };
  return `${jsonText(members, 4)}\n`;
}
