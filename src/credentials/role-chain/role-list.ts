/** The value of `--assume-roles`: role ARNs in order, plain or as JSON, in place or in a file. */
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { type ListText, parseJsonElements, readListText } from "./list-option.ts";
import { readRoleObject } from "./role-object.ts";

/** One role to assume, with what the list itself says about it. Everything else comes from the options. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly roleSessionName?: string;
  /** Seconds. */
  readonly durationSeconds?: number;
  readonly sourceIdentity?: string;
  /** A session policy, as JSON text. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveTagKeys?: readonly string[];
}

const example =
  '["arn:aws:iam::111111111111:role/Jump", {"RoleArn": "arn:aws:iam::222222222222:role/Deploy", "ExternalId": "…"}]';

/**
 * Reads the list; `file://PATH` names a file that holds either form. Throws a Failure that names the element
 * at fault. A list without any role is refused: the caller asked for other credentials than the starting ones.
 */
export async function readRoleList(
  value: string,
  system: Pick<System, "readText" | "env" | "home">,
): Promise<RoleRequest[]> {
  return parseRoleList(await readListText(value, "--assume-roles", system));
}

/** Pure: the text of either form. */
export function parseRoleList({ text, source }: ListText): RoleRequest[] {
  const trimmed = text.trim();
  const isJson = /^[[{"]/.test(trimmed);
  const roles = isJson ? jsonList({ text: trimmed, source }) : plainList(trimmed);
  if (roles.length > 0) return roles;
  throw new Failure("usage", `${source} names no role`, {
    hints: [
      "give role ARNs, for example --assume-roles arn:aws:iam::111111111111:role/Jump,arn:aws:iam::222222222222:role/Deploy",
    ],
  });
}

/** Commas and line ends both divide: a role name may hold a comma, but never one that is followed by `arn:`. */
function plainList(text: string): RoleRequest[] {
  return text
    .split(/,(?=\s*(?:arn:|,|$))|\n/)
    .map((arn) => arn.trim())
    .filter((arn) => arn !== "")
    .map((roleArn) => ({ roleArn }));
}

function jsonList(list: ListText): RoleRequest[] {
  return parseJsonElements(list, example).map((element, index) =>
    typeof element === "string"
      ? { roleArn: element.trim() }
      : readRoleObject(element, `role ${index + 1} of ${list.source}`),
  );
}
