/** Where the two AWS files are, and reading them. */
import { Failure } from "../errors.ts";
import type { Environment, System } from "../system.ts";
import { expandPath, homeDirectory } from "./home.ts";
import { type IniFile, parseIni } from "./ini.ts";
import { type SharedConfig, sharedConfig } from "./profiles.ts";

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

/**
 * Reads both files. A file that does not exist is empty; one that exists and cannot be read is a Failure that
 * names it, because going on without it could mean going on as somebody else.
 */
export async function loadSharedConfig(
  system: Pick<System, "env" | "readText" | "home">,
): Promise<SharedConfig> {
  const paths = sharedFilePaths(system.env, await homeDirectory(system));
  const [config, credentials] = await Promise.all([
    readIni(paths.config, "config", system),
    readIni(paths.credentials, "credentials", system),
  ]);
  return sharedConfig({ config, credentials });
}

async function readIni(
  choice: FileChoice,
  role: "config" | "credentials",
  system: Pick<System, "readText">,
): Promise<IniFile> {
  const { path, variable } = choice;
  if (path === undefined) {
    const why = variable === undefined ? "the home directory is unknown" : `${variable} is empty`;
    return parseIni("", `(no ${role} file: ${why})`);
  }
  try {
    return parseIni((await system.readText(path)) ?? "", path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure("failed", `cannot read the ${role} file ${path}: ${reason}`, {
      hints: [
        variable === undefined
          ? `make ${path} readable for you`
          : `correct ${variable}, which names this file`,
      ],
      cause: error,
    });
  }
}
