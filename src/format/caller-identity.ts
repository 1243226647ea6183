import { jsonText } from "../lib/json-text.ts";

/** What STS says about a caller; all three are text. */
export interface CallerIdentity {
  readonly userId: string;
  readonly account: string;
  readonly arn: string;
}

/** The answer of `getcallerid`: a JSON object as the AWS CLI prints it, indented by four spaces, and a newline. */
export function formatCallerIdentity(identity: CallerIdentity): string {
  const members = { UserId: identity.userId, Account: identity.account, Arn: identity.arn };
  return `${jsonText(members, 4)}\n`;
}
