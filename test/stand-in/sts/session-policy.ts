import type { Session } from "../world/session.ts";
import { listMembers, type Parameters } from "./constraints.ts";
import { invalid, type Problem } from "./operation.ts";
import * as rules from "./rules.ts";
import type { Element } from "./xml.ts";

const PLAIN_TEXT_LIMIT = 2048;

/** What the session policies and tags of a request come to. */
export interface Packed {
  readonly hasPolicy: boolean;
  /** `PackedPolicySize`, or nothing when neither policies nor tags were sent. */
  readonly elements: readonly Element[];
}

export function checkPolicies(
  parameters: Parameters,
  caller: Session,
): { readonly packed: Packed } | { readonly problem: Problem } {
  const inline = parameters.get("Policy");
  const arns = listMembers(rules.policyArns, parameters).map((member) => member.get("arn") ?? "");
  const tagCount = listMembers(rules.tags, parameters).length;
  if (inline !== undefined && !isPolicy(inline)) {
    return { problem: invalid("Syntax errors in policy.", "MalformedPolicyDocument") };
  }
  const policyArn = new RegExp(`^arn:${caller.partition}:iam::(aws|\\d{12}):policy/[\\w+=,.@/-]+$`);
  const foreign = arns.find((arn) => !policyArn.test(arn));
  if (foreign !== undefined) return { problem: invalid(`ARN ${foreign} is not valid.`) };
  const size = (inline ?? "").length + arns.join("").length;
  if (size > PLAIN_TEXT_LIMIT) {
    return { problem: invalid("The session policies are too large.", "PackedPolicyTooLarge") };
  }
  const hasPolicy = inline !== undefined || arns.length > 0;
  const percent = Math.max(1, Math.ceil((size * 100) / PLAIN_TEXT_LIMIT));
  return {
    packed: {
      hasPolicy,
      elements: hasPolicy || tagCount > 0 ? [["PackedPolicySize", String(percent)]] : [],
    },
  };
}

function isPolicy(text: string): boolean {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof document !== "object" || document === null || !("Statement" in document)) return false;
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.length > 0 && statements.every(isStatement);
}

function isStatement(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("Effect" in value)) return false;
  const hasAction = "Action" in value || "NotAction" in value;
  return (value.Effect === "Allow" || value.Effect === "Deny") && hasAction;
}
