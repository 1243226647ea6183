/** What a file with a sign-in token holds, as the AWS CLI writes it and other tools extend it. */
import { expandPath } from "../config/paths.ts";
import { Failure, reasonOf } from "../lib/errors.ts";
import { type Fields, readFields, textField } from "../lib/json-object.ts";
import { pythonJson } from "../lib/python-json.ts";
import type { System } from "../system/types.ts";
import { isSealed } from "./sealed-member.ts";

/** The members that the program knows, in the order in which the AWS CLI writes them. Times are text as written. */
export interface TokenMembers {
  readonly startUrl?: string;
  readonly region?: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly registrationExpiresAt?: string;
  readonly refreshToken?: string;
}

export interface StoredToken extends TokenMembers {
  /** Everything that stood in the file, in its order. */
  readonly fields: Fields;
}

const optionalMembers = [
  "startUrl",
  "region",
  "clientId",
  "clientSecret",
  "registrationExpiresAt",
  "refreshToken",
] as const;
const knownMembers: ReadonlySet<string> = new Set([...optionalMembers, "accessToken", "expiresAt"]);

/** Undefined for a text that no reader of such files takes for a token: both the token and its end must be there. */
export function parseToken(text: string): StoredToken | undefined {
  const fields = readFields(text);
  const accessToken = fields && textField(fields, "accessToken");
  const expiresAt = fields && textField(fields, "expiresAt");
  if (fields === undefined || accessToken === undefined || expiresAt === undefined) return undefined;
  const members: { -readonly [K in keyof TokenMembers]: TokenMembers[K] } = { accessToken, expiresAt };
  for (const name of optionalMembers) {
    const value = textField(fields, name);
    if (value !== undefined) members[name] = value;
  }
  return { ...members, fields };
}

/** What is wrong with the file of this text, if no token can be read from it. Nothing of the text is shown. */
export function whyNoToken(path: string, text: string | undefined): string | undefined {
  if (text === undefined || parseToken(text) !== undefined) return undefined;
  return `${path} is not a JSON object with accessToken and expiresAt`;
}

/**
 * The text of a file that holds these members. `before` are the members that the file had: unknown ones stay, and the
 * order stays; known ones get their new value, and are removed when they have none.
 */
export function formatToken(members: TokenMembers, before: Fields = {}): string {
  const order = [
    ...Object.keys(before),
    ...["startUrl", "region", "accessToken", "expiresAt"],
    ...["clientId", "clientSecret", "registrationExpiresAt", "refreshToken"],
  ];
  const values = new Map<string, unknown>(Object.entries(members));
  // Not the members of an object yet: one of the name __proto__ would be lost.
  const written = new Map<string, unknown>();
  for (const name of order) {
    const value = knownMembers.has(name) ? values.get(name) : before[name];
    if (value !== undefined) written.set(name, value);
  }
  return pythonJson(Object.fromEntries(written));
}

/** The option's value is a path, or `file://` and a path, as the AWS CLI takes it: relative and `~` are allowed. */
export function tokenFilePath(value: string, env: System["env"], home: string | undefined): string {
  return expandPath(value.replace(/^file:\/\//, ""), env, home);
}

/** Throws a Failure that names the file and shows nothing of it. */
export async function readTokenFile(
  value: string,
  system: Pick<System, "readText" | "env">,
  home: string | undefined,
): Promise<{ readonly path: string; readonly token: StoredToken }> {
  const path = tokenFilePath(value, system.env, home);
  const refuse = (why: string, hint: string) =>
    new Failure("failed", `cannot use the token file ${path}: ${why}`, { hints: [hint] });
  let text: string | undefined;
  try {
    text = await system.readText(path);
  } catch (error) {
    throw refuse(reasonOf(error), "give the path of a file that you may read in --accesstoken-cache");
  }
  if (text === undefined)
    throw refuse("it does not exist", "give the path of the file in --accesstoken-cache");
  const token = parseToken(text);
  if (isSealed(token?.refreshToken) || isSealed(token?.clientSecret)) {
    throw refuse("its secrets are sealed for the own cache", "name the portal instead, with --start-url URL");
  }
  if (token !== undefined) return { path, token };
  if (text.includes('"clientSecret"') && !text.includes('"accessToken"')) {
    throw refuse(
      "it is a client registration, not a token",
      "another file of the same folder, with an accessToken, is the token",
    );
  }
  throw refuse(
    "it is not a JSON object with accessToken and expiresAt",
    "the AWS CLI writes such files to ~/.aws/sso/cache when one runs: aws sso login",
  );
}
