/**
 * The entry: arguments in, exit status out. The only file that reads `process.argv` or decides how the program
 * ends. No top-level await: the CommonJS bytecode that makes start-up cheap has none.
 */

import type { Invocation } from "./cli/parse.ts";
import { parse } from "./cli/parse.ts";
import { exitStatus, reportLines } from "./cli/report.ts";
import { realSystem } from "./system-real.ts";

/** Resolves to the exit status; `runas` hands on its child's. */
async function run(invocation: Invocation): Promise<number> {
  switch (invocation.command) {
    case "help": {
      const { commandHelp, helpText } = await import("./cli/help.ts");
      await realSystem.stdout(invocation.topic === undefined ? helpText() : commandHelp(invocation.topic));
      return 0;
    }
    case "version": {
      const { version } = await import("./version.ts");
      await realSystem.stdout(`aws-login ${version}\n`);
      return 0;
    }
    case "completion": {
      const { completionScript } = await import("./cli/completion.ts");
      await realSystem.stdout(completionScript(invocation.shell));
      return 0;
    }
    case "getcallerid":
      return (await import("./commands/getcallerid.ts")).run(invocation.options, realSystem);
    case "dumpcreds":
      return (await import("./commands/dumpcreds.ts")).run(invocation.options, realSystem);
    case "runas":
      return (await import("./commands/runas.ts")).run(invocation.options, invocation.program, realSystem);
    case "console":
      return (await import("./commands/console.ts")).run(invocation.options, realSystem);
    case "dumpconfig":
    case "importcache":
    case "login":
    case "logout":
      return (await import("./commands/identity-center.ts")).run(invocation.command);
  }
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run(parse(process.argv.slice(2)));
  } catch (error) {
    process.exitCode = exitStatus(error);
    for (const line of reportLines(error)) realSystem.stderr(line);
  }
}

main();
