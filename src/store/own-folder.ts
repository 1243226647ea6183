/** The program's own folder: where it is, and where its locks are. */
import type { Environment } from "../system.ts";
import { sha256Hex } from "./digest.ts";

/** `AWS_LOGIN_HOME`, else `~/.aws-login`; undefined when nobody knows the home directory. */
export function ownFolderPath(env: Environment, home: string | undefined): string | undefined {
  if (env.AWS_LOGIN_HOME) return env.AWS_LOGIN_HOME.replace(/(.)[/\\]+$/, "$1");
  return home === undefined ? undefined : `${home}/.aws-login`;
}

/** The file by which processes that want to renew the same thing wait for each other. */
export function lockPath(folder: string, name: string): string {
  return `${folder}/locks/${sha256Hex(name)}`;
}
