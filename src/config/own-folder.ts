/** Where the program's own folder is. On the way of every cached answer. */
import { Failure } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import { expandPath } from "./home.ts";

/**
 * `AWS_LOGIN_HOME`, expanded as the AWS CLI does it with its own variables, else `~/.aws-login`; undefined when nobody
 * knows the home directory. Throws a Failure for a relative path, which would be another folder, with other sign-ins and
 * other locks, in each working directory.
 */
export function ownFolderPath(env: Environment, home: string | undefined): string | undefined {
  if (env.AWS_LOGIN_HOME) return chosenFolder(env.AWS_LOGIN_HOME, env, home);
  return home === undefined ? undefined : `${home}/.aws-login`;
}

function chosenFolder(value: string, env: Environment, home: string | undefined): string {
  const path = expandPath(value, env, home);
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path.replace(/(.)[/\\]+$/, "$1");
  throw new Failure("failed", `cannot use AWS_LOGIN_HOME: ${path} is no absolute path`, {
    hints: ["write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER"],
  });
}
