/** Where the two AWS files are. A cached answer needs it, and none of what reads them. */
import type { Environment } from "../system/types.ts";
import { expandPath } from "./home.ts";

export interface FileChoice {
  /** Undefined when there can be no such file: the variable is empty, or nobody knows the home directory. */
  readonly path: string | undefined;
  /** The variable that named the file, or undefined for the usual place. */
  readonly variable: "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" | undefined;
}

export interface SharedFilePaths {
  readonly config: FileChoice;
  readonly credentials: FileChoice;
}

/**
 * Which files hold the profiles. A variable that is set but empty means no file, as for the AWS CLI; a relative
 * path is taken against the working directory. `home` is what `homeDirectory()` answered.
 */
export function sharedFilePaths(env: Environment, home: string | undefined): SharedFilePaths {
  const choose = (variable: NonNullable<FileChoice["variable"]>, usual: string): FileChoice => {
    const value = env[variable];
    if (value !== undefined)
      return { path: value === "" ? undefined : expandPath(value, env, home), variable };
    return { path: home === undefined ? undefined : `${home}/.aws/${usual}`, variable: undefined };
  };
  return {
    config: choose("AWS_CONFIG_FILE", "config"),
    credentials: choose("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
  };
}
