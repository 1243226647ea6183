import { errorCode, Failure } from "../../lib/errors.ts";
import type { Environment, ProgramEnd } from "../types.ts";
import { restoreOpenFilesLimit } from "./open-files-limit.ts";
import { programPaths } from "./program-path.ts";
import { mayHaveLostBytes } from "./raw-words.ts";

/** Errors of `exec` when a folder of PATH does not have the program: the next folder may have it. */
const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);

/** Why a file cannot be run, and what helps. */
const REFUSALS: Readonly<Record<string, { readonly reason: string; readonly hint: string }>> = {
  EACCES: {
    reason: "permission denied",
    hint: "make it executable with chmod +x, or give the program that reads it before it",
  },
  EISDIR: { reason: "it is a directory", hint: "give a program in it" },
  ENOENT: {
    reason: "the interpreter that it names does not exist",
    hint: "correct its first line, or give the program that reads it before it",
  },
  ENOEXEC: { reason: "it is not a program for this machine", hint: "see what it is for: file PROGRAM" },
  E2BIG: {
    reason: "its arguments and environment are too long",
    hint: "hand them on in a file, or by xargs",
  },
  ELOOP: { reason: "too many symbolic links", hint: "give the file that they are to lead to" },
  ETXTBSY: { reason: "it is open for writing", hint: "wait until it is written, then run it again" },
};

/**
 * Runs a program in this process's place: with its streams, its process id and terminal, and exactly `env`. The program
 * then runs as if started directly, job control and the signals that a parent cannot pass on (SIGKILL, SIGSTOP) included,
 * so that on POSIX systems the promise resolves only when the program cannot be started. The name is looked up on the PATH
 * of `env`. Windows cannot replace a process; there the program is a child.
 */
export async function runProgram(
  argv: readonly string[],
  env: Environment,
  platform: NodeJS.Platform,
  inherits: "streams" | "pipe" = "streams",
): Promise<ProgramEnd> {
  if (platform === "win32") return (await import("./run-program-windows.ts")).runProgramOnWindows(argv, env);
  const replaceProcess = await processReplacer(argv, env, platform, inherits);
  restoreOpenFilesLimit();
  handSignalsOn();
  const [program = ""] = argv;
  let refusal: { path: string; code: string } | undefined;
  for (const path of programPaths(program, env.PATH)) {
    const code = replaceProcess(path);
    if (code === "ENOEXEC" && (await isText(path))) replaceProcess("/bin/sh", path);
    if (ABSENT.has(code) && !(await exists(path))) continue;
    refusal ??= { path, code };
    // A program without the right to execute does not hide one in a later folder.
    if (code !== "EACCES" && !ABSENT.has(code)) break;
  }
  if (refusal === undefined) return { kind: "not-found" };
  const code = (await isFolder(refusal.path)) ? "EISDIR" : refusal.code;
  return { kind: "not-executable", ...(REFUSALS[code] ?? { reason: code }) };
}

/**
 * The runtime ignores SIGPIPE and SIGXFSZ, and the program that takes over would inherit that; a handled signal goes back
 * to its default. Other signals that the user ignores (`nohup`) stay ignored. For these two it is unknown whether the user
 * or the runtime ignored them.
 */
function handSignalsOn(): void {
  for (const signal of ["SIGPIPE", "SIGXFSZ"] as const) process.on(signal, () => {});
  // The runtime would print that `process.execve` is experimental.
  process.removeAllListeners("warning");
}

/**
 * Puts the program at a path in this process's place, or an interpreter there with the script that it is to run. Does
 * not return when it succeeds; the error's code otherwise.
 */
type ReplaceProcess = (path: string, script?: string) => string;

/** Throws a Failure of the kind `usage` where an argument cannot be handed on with its original bytes. */
async function processReplacer(
  argv: readonly string[],
  env: Environment,
  platform: NodeJS.Platform,
  inherits: "streams" | "pipe",
): Promise<ReplaceProcess> {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  if (inherits === "pipe" || mayHaveLostBytes([...argv, ...variables])) {
    const exact = platform === "linux" ? (await import("./exec-raw.ts")).rawReplacer(argv, env) : undefined;
    if (exact !== undefined) return exact;
    if (mayHaveLostBytes(argv)) {
      throw new Failure(
        "usage",
        "cannot hand on the arguments after --: they hold bytes that are not UTF-8",
        {
          hints: ["write them in UTF-8, or hand them on in a file"],
        },
      );
    }
  }
  const [, ...rest] = argv;
  const keepingPipes =
    inherits === "pipe" ? (await import("./inheritable-pipe.ts")).replaceKeepingPipes : undefined;
  return (path, script) => {
    const words = script === undefined ? argv : [path, script, ...rest];
    // When it fails, the runtime's own call tells why.
    keepingPipes?.(path, words, env);
    try {
      process.execve?.(path, words, env);
      return "ENOSYS";
    } catch (error) {
      return errorCode(error);
    }
  };
}

/** Shells run a file of no known format as a script of their own, unless its first line looks like a binary's. */
async function isText(path: string): Promise<boolean> {
  try {
    const start = await Bun.file(path).slice(0, 80).text();
    return !start.split("\n", 1).join().includes("\0");
  } catch {
    // A shell cannot run a file that cannot be read.
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Bun.file(path).stat();
    return true;
  } catch {
    return false;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Bun.file(path).stat()).isDirectory();
  } catch {
    return false;
  }
}
