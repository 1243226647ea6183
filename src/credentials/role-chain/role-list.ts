/** The value of `--assume-roles`: role ARNs in order, plain or as JSON, in place or in a file. */
import { parseRoleArn } from "../../aws/endpoints/arn.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { type ListText, parseJsonElements, readListText } from "./list-option.ts";
import { readRoleObject } from "./role-object.ts";
import type { RoleRequest } from "./steps.ts";

const example =
  '["arn:aws:iam::111111111111:role/Jump", {"RoleArn": "arn:aws:iam::222222222222:role/Deploy", "ExternalId": "…"}]';

/**
 * Reads the list; `file://PATH` names a file that holds either form. Throws a Failure that names the element at fault,
 * and for a list without a role.
 */
export async function readRoleList(
  value: string,
  system: Pick<System, "readText" | "env" | "home">,
): Promise<RoleRequest[]> {
  return parseRoleList(await readListText(value, "--assume-roles", system));
}

/** The roles of a text of either form. Throws a usage Failure that names the element at fault. Pure. */
export function parseRoleList({ text, source }: ListText): RoleRequest[] {
  const trimmed = text.trim();
  const isJson = /^[[{"]/.test(trimmed);
  const roles = isJson ? jsonList({ text: trimmed, source }) : plainList(trimmed);
  for (const [index, { roleArn }] of roles.entries()) {
    const isWhole = roles.length === 1 && source.startsWith("--");
    parseRoleArn(roleArn, isWhole ? source : `role ${index + 1} of ${source}`);
  }
  if (roles.length > 0) return roles;
  throw new Failure("usage", `${source} names no role`, {
    hints: [
      "give role ARNs, for example --assume-roles arn:aws:iam::111111111111:role/Jump,arn:aws:iam::222222222222:role/Deploy",
    ],
  });
}

/** Commas and line ends separate. A role name may hold a comma, but none that is followed by `arn:`. */
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
