/**
 * From the words of the command line to the exit status. Every command is loaded by `import()`, so that a start reads
 * only what it runs.
 */
import { parse } from "./cli/parse.ts";
import { run as getCallerId } from "./commands/getcallerid.ts";
import { keptAnswer } from "./commands/kept-answer.ts";
import type { Environment, System } from "./system.ts";
import { versionLine } from "./version.ts";

/** Resolves to the exit status; `runas` hands on its child's. `env` is the environment of the process. */
export async function run(words: readonly string[], env: Environment, system: System): Promise<number> {
  const invocation = parse(words);
  const interruptible = (work: () => Promise<number>) => system.interruptible(invocation.command, work);
  switch (invocation.command) {
    case "help":
      await system.stdout(
        invocation.topic === undefined
          ? (await import("./cli/overview.ts")).helpText()
          : (await import("./cli/help.ts")).commandHelp(invocation.topic),
      );
      return 0;
    case "version":
      await system.stdout(versionLine);
      return 0;
    case "completion": {
      const { completionScript } = await import("./cli/completion.ts");
      await system.stdout(completionScript(invocation.shell));
      return 0;
    }
    case "getcallerid":
      return interruptible(() => getCallerId(invocation.options, system));
    case "dumpcreds": {
      const answer = keptAnswer(invocation.options, env, system);
      if (answer === undefined) {
        return interruptible(async () =>
          (await import("./commands/dumpcreds.ts")).run(invocation.options, system),
        );
      }
      await system.stdout(answer);
      return 0;
    }
    case "runas":
      return (await import("./commands/runas.ts")).run(invocation.options, invocation.program, system);
    case "console":
      return interruptible(async () =>
        (await import("./commands/console.ts")).run(invocation.options, system),
      );
    case "importcache":
      return interruptible(async () =>
        (await import("./commands/importcache.ts")).run(invocation.options, system),
      );
    case "login":
      return interruptible(async () => (await import("./commands/login.ts")).run(invocation.options, system));
    case "logout":
      return interruptible(async () =>
        (await import("./commands/logout.ts")).run(invocation.options, system),
      );
    case "dumpconfig":
      return interruptible(async () =>
        (await import("./commands/dumpconfig.ts")).run(invocation.options, system),
      );
  }
}
