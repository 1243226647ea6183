/** The value of `--assume-roles`: role ARNs in order, plain or as JSON, in place or in a file. */
import { Failure } from "../errors.ts";
import type { System } from "../system.ts";
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

/**
 * Reads the list; `file://PATH` names a file that holds either form. Throws a Failure that names the element
 * at fault. A list without any role is refused: the caller asked for other credentials than the starting ones.
 */
export async function readRoleList(
  value: string,
  system: Pick<System, "readText" | "env">,
): Promise<RoleRequest[]> {
  if (!value.startsWith("file://")) return parseRoleList(value, "--assume-roles");
  const path = expandHome(value.slice("file://".length), system.env.HOME);
  let text: string | undefined;
  try {
    text = await system.readText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure("failed", `cannot read the roles of --assume-roles from ${path}: ${why}`, {
      cause: error,
    });
  }
  if (text === undefined) {
    throw new Failure("failed", `cannot read the roles of --assume-roles: there is no file ${path}`);
  }
  return parseRoleList(text, path);
}

/** Pure: the text of either form; `source` names it in messages. */
export function parseRoleList(text: string, source: string): RoleRequest[] {
  const trimmed = text.trim();
  const roles = /^[[{"]/.test(trimmed) ? parseJsonList(trimmed, source) : plainList(trimmed);
  if (roles.length === 0) {
    throw new Failure("usage", `${source} names no role`, {
      hints: [
        "give role ARNs, for example --assume-roles arn:aws:iam::111111111111:role/Jump,arn:aws:iam::222222222222:role/Deploy",
      ],
    });
  }
  return roles;
}

/** Commas and line ends both divide: a role name may hold a comma, but never one that is followed by `arn:`. */
function plainList(text: string): RoleRequest[] {
  return text
    .split(/\s*(?:,(?=\s*(?:arn:|,|$))|\n)\s*/)
    .filter((arn) => arn !== "")
    .map((roleArn) => ({ roleArn }));
}

function parseJsonList(text: string, source: string): RoleRequest[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure("usage", `cannot read ${source} as JSON: ${why}`, {
      hints: [
        'a JSON list looks like \'["arn:aws:iam::111111111111:role/Jump", {"RoleArn": "arn:…", "ExternalId": "…"}]\'',
      ],
    });
  }
  const elements: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return elements.map((element, index) =>
    typeof element === "string"
      ? { roleArn: element.trim() }
      : readRoleObject(element, `role ${index + 1} of ${source}`),
  );
}

function expandHome(path: string, home: string | undefined): string {
  return home && path.startsWith("~/") ? `${home}${path.slice(1)}` : path;
}
