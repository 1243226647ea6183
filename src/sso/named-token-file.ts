/** Reading a token file that the person named. */
import { expandPath } from "../config/paths.ts";
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import { parseToken, type StoredToken } from "./token-file.ts";

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
  if (token !== undefined) return { path, token };
  if (text.includes('"clientSecret"') && !text.includes('"accessToken"')) {
    throw refuse(
      "it is a client registration, not a token",
      "another file of the same folder, with an accessToken, is the token",
    );
  }
  throw refuse(
    "it is no JSON object with accessToken and expiresAt",
    "the AWS CLI writes such files to ~/.aws/sso/cache when one runs: aws sso login",
  );
}
