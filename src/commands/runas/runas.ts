/** `runas`: runs a command under the acquired identity. */
import type { Options } from "../../cli/option-record.ts";
import { identityName } from "../../credentials/identity-name.ts";
import { acquireIdentity, type Identity } from "../../credentials/resolve.ts";
import { Failure } from "../../lib/errors.ts";
import type { Environment, ProgramEnd, System } from "../../system/types.ts";
import { childEnvironment } from "./child-environment.ts";

/**
 * `program` has the words after `--`; without them the shell runs the text of `--command`, and without either the
 * person gets a shell, where there is a terminal.
 */
export async function run(
  options: Options,
  program: readonly string[] | undefined,
  system: System,
): Promise<number> {
  const isShell = program === undefined && options.command === undefined;
  const argv = isShell
    ? [ownShell(system)]
    : (program ?? shellCommand(options.command ?? "", system.platform));
  const finish = (env: Environment, identity: Identity): Environment =>
    isShell ? { ...env, AWS_LOGIN_IDENTITY: identityName(options, identity.principal, system.env) } : env;
  const end = options.autoRefresh
    ? await (await import("./auto-refresh.ts")).runWithEndpoint(options, argv, system, finish)
    : await runWithKeys(options, argv, system, finish);
  return exitStatusOf(end, argv[0] ?? "");
}

async function runWithKeys(
  options: Options,
  argv: readonly string[],
  system: System,
  finish: (env: Environment, identity: Identity) => Environment,
): Promise<ProgramEnd> {
  const identity = await acquireIdentity(options, system);
  return system.runProgram(argv, finish(childEnvironment(system.env, identity), identity));
}

/** Throws a Failure, before anything is read, where there is neither a program nor a terminal for a shell. */
export async function refuseNothingToRun(
  { command, words }: Pick<Options, "command" | "words">,
  program: readonly string[] | undefined,
  system: Pick<System, "stdinIsTerminal">,
): Promise<void> {
  if (program !== undefined || command !== undefined || (await system.stdinIsTerminal())) return;
  throw new Failure("usage", "runas needs something to run", {
    hints: [
      words === undefined
        ? "for example: aws-login runas -- aws s3 ls, or: aws-login runas --command 'aws s3 ls | sort'"
        : "put -- before the program: aws-login runas -- PROGRAM ARGS",
    ],
  });
}

/** The person's own shell. */
function ownShell({ env, platform }: Pick<System, "env" | "platform">): string {
  return platform === "win32" ? env.COMSPEC || "cmd.exe" : env.SHELL || "/bin/sh";
}

/** The `--` keeps the shell from reading a text that begins with a hyphen as an option. */
function shellCommand(command: string, platform: NodeJS.Platform): readonly string[] {
  return platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", command] : ["/bin/sh", "-c", "--", command];
}

/** The child's own status; for a signal what shells report; for a program that never ran what shells report too. */
function exitStatusOf(end: ProgramEnd, program: string): number {
  switch (end.kind) {
    case "exited":
      return end.code;
    case "signalled":
      return 128 + end.signal;
    case "not-found":
      throw new Failure("failed", `cannot run ${program}: there is no such program`, {
        exitStatus: 127,
        hints: ["give a program on PATH after --, or a whole command line with --command"],
      });
    case "not-executable":
      throw new Failure("failed", `cannot run ${program}: ${end.reason}`, {
        exitStatus: 126,
        hints: end.hint === undefined ? [] : [end.hint],
      });
  }
}
