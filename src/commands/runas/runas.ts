/** `runas`: runs a command under the acquired identity. */
import type { Options } from "../../cli/option-record.ts";
import { acquireIdentity } from "../../credentials/resolve.ts";
import { Failure } from "../../lib/errors.ts";
import type { ProgramEnd, System } from "../../system/types.ts";
import { childEnvironment } from "./child-environment.ts";

/** `program` has the words after `--`; without them the shell runs the text of `--command`. */
export async function run(
  options: Options,
  program: readonly string[] | undefined,
  system: System,
): Promise<number> {
  const argv = program ?? shellCommand(options.command ?? "", system.platform);
  const identity = await acquireIdentity(options, system);
  const end = await system.runProgram(argv, childEnvironment(system.env, identity));
  return exitStatusOf(end, argv[0] ?? "");
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
