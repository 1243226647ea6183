import type { Session } from "../world/session.ts";
import { listMembers, type Parameters } from "./constraints.ts";
import { invalid, type Problem } from "./operation.ts";
import * as rules from "./rules.ts";

/** The tags that the session made by this request hands down; those of the caller stay and cannot be set anew. */
export function checkTags(
  parameters: Parameters,
  caller: Session,
): { readonly transitive: ReadonlyMap<string, string> } | { readonly problem: Problem } {
  const sent = new Map<string, string>();
  for (const member of listMembers(rules.tags, parameters)) {
    const key = member.get("Key") ?? "";
    // Keys keep their case but are compared without it.
    if (has(sent, key)) {
      return {
        problem: invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.", CODE),
      };
    }
    sent.set(key, member.get("Value") ?? "");
  }
  const inherited = [...sent.keys()].find((key) => has(caller.transitiveTags, key));
  if (inherited !== undefined) {
    const message =
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the " +
      "calling session.";
    return { problem: invalid(message, CODE) };
  }
  const transitive = new Map(caller.transitiveTags);
  for (const member of listMembers(rules.transitiveTagKeys, parameters)) {
    const key = member.get("") ?? "";
    const value = [...sent].find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
    if (value === undefined) {
      return {
        problem: invalid("The specified transitive tag key must be included in the requested tags.", CODE),
      };
    }
    transitive.set(key, value);
  }
  return { transitive };
}

const CODE = "InvalidParameterValue";

function has(tags: ReadonlyMap<string, string>, key: string): boolean {
  return [...tags.keys()].some((name) => name.toLowerCase() === key.toLowerCase());
}
