/** Where the home directory, the program's own folder and the two AWS files are. Every start loads this file. */
import { Failure } from "../lib/errors.ts";
import type { Environment, System } from "../system/types.ts";

/**
 * The directory that `~` stands for: `HOME`, then `USERPROFILE`, then `HOMEDRIVE` with `HOMEPATH` (the order of the
 * AWS SDK specification, on every platform), then what the operating system says. Without a trailing separator.
 */
export async function homeDirectory(system: Pick<System, "env" | "home">): Promise<string | undefined> {
  const home = homeOfEnvironment(system.env);
  if (home !== undefined) return home;
  const own = await system.home();
  return own && homeOfEnvironment({ HOME: own });
}

/** The home directory as the environment tells it; undefined where only the operating system knows. */
export function homeOfEnvironment(env: Environment): string | undefined {
  const home = env.HOME || env.USERPROFILE || (env.HOMEDRIVE && env.HOMEPATH && env.HOMEDRIVE + env.HOMEPATH);
  if (!home) return undefined;
  return home.endsWith("/") || home.endsWith("\\") ? home.slice(0, -1) : home;
}

/**
 * A path as the AWS CLI reads it from a variable: `$NAME` and `${NAME}` are replaced when NAME is set, then a
 * leading `~` is the home directory. A `~` without a known home, and `~user`, stay as they are.
 */
export function expandPath(path: string, env: Environment, home: string | undefined): string {
  if (!path.includes("$") && !path.startsWith("~")) return path;
  const expanded = path.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
    return env[bare ?? braced ?? ""] ?? whole;
  });
  if (home === undefined || !/^~(?=$|[/\\])/.test(expanded)) return expanded;
  const rest = expanded.slice(1);
  return home + (separatorOf(home) === "\\" ? rest.replaceAll("/", "\\") : rest);
}

/** The path of what lies in `folder`, with the separator that the folder's own path has. */
export function joinPath(folder: string, ...names: readonly string[]): string {
  const separator = folder.startsWith("/") ? "/" : separatorOf(folder);
  return folder + separator + names.join(separator);
}

/**
 * A backslash after a drive or a server of Windows, unless the path has slashes, which Windows takes as well. Without a
 * regular expression, whose first use costs a cached answer a megabyte of memory.
 */
function separatorOf(folder: string): "/" | "\\" {
  const isWindows = folder.startsWith("\\\\") || (folder.charAt(1) === ":" && folder.charAt(2) === "\\");
  return isWindows && !folder.includes("/") ? "\\" : "/";
}

/**
 * The program's own folder: `AWS_LOGIN_HOME`, expanded as the AWS CLI expands its variables, else `~/.aws-login`;
 * undefined when the home directory is unknown. Throws a Failure for a relative path, which would name another folder,
 * with other sign-ins and other locks, in each working directory, and for a path that was not UTF-8.
 */
export function ownFolderPath(env: Environment, home: string | undefined): string | undefined {
  if (env.AWS_LOGIN_HOME) return chosenFolder(env.AWS_LOGIN_HOME, env, home);
  return home === undefined ? undefined : decodedPath(joinPath(home, ".aws-login"), undefined);
}

function chosenFolder(value: string, env: Environment, home: string | undefined): string {
  const path = decodedPath(expandPath(value, env, home), "AWS_LOGIN_HOME");
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path.replace(/(.)[/\\]+$/, "$1");
  throw new Failure("failed", `cannot use AWS_LOGIN_HOME: ${path} is not an absolute path`, {
    hints: ["write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER"],
  });
}

export interface FileChoice {
  /** Undefined when there can be no such file: the variable is empty, or the home directory is unknown. */
  readonly path: string | undefined;
  /** The variable that named the file; undefined for the default path. */
  readonly variable: "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" | undefined;
}

export interface SharedFilePaths {
  readonly config: FileChoice;
  readonly credentials: FileChoice;
}

/**
 * Which files hold the profiles. A variable that is set but empty means no file, as for the AWS CLI; a relative
 * path is taken against the working directory. `home` is the value of `homeDirectory()`. Throws a Failure for a path
 * that was not UTF-8.
 */
export function sharedFilePaths(env: Environment, home: string | undefined): SharedFilePaths {
  return {
    config: sharedFile("AWS_CONFIG_FILE", "config", env, home),
    credentials: sharedFile("AWS_SHARED_CREDENTIALS_FILE", "credentials", env, home),
  };
}

function sharedFile(
  variable: NonNullable<FileChoice["variable"]>,
  name: string,
  env: Environment,
  home: string | undefined,
): FileChoice {
  const value = env[variable];
  if (value === undefined) {
    const path = home === undefined ? undefined : decodedPath(joinPath(home, ".aws", name), undefined);
    return { path, variable: undefined };
  }
  return { path: value === "" ? undefined : decodedPath(expandPath(value, env, home), variable), variable };
}

/**
 * The path, if decoding lost none of its bytes. Bun decodes a byte that is not UTF-8 to U+FFFD: the decoded path names
 * another file, which may belong to another user.
 */
function decodedPath(path: string, variable: string | undefined): string {
  if (!path.includes("\ufffd")) return path;
  throw new Failure(
    "usage",
    `cannot use ${variable ?? "the home directory"}: the path ${path} is not UTF-8`,
    {
      hints: [`give ${variable ?? "HOME"} a path that is UTF-8`],
    },
  );
}
