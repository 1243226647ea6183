/**
 * The entry: arguments in, exit status out. The only file that reads `process.argv` or decides how the program
 * ends. Every command is loaded by `import()`, so that a start reads only what it runs.
 */

import type { Invocation } from "./cli/parse.ts";
import { parse } from "./cli/parse.ts";
import { keptAnswer } from "./commands/kept-answer.ts";
import { realSystem } from "./system-real.ts";
import { version } from "./version.ts";

/** Resolves to the exit status; `runas` hands on its child's. */
async function run(invocation: Invocation): Promise<number> {
  switch (invocation.command) {
    case "help":
      await realSystem.stdout(
        invocation.topic === undefined
          ? (await import("./cli/overview.ts")).helpText()
          : (await import("./cli/help.ts")).commandHelp(invocation.topic),
      );
      return 0;
    case "version":
      await realSystem.stdout(`aws-login ${version}\n`);
      return 0;
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
    case "importcache":
      return (await import("./commands/importcache.ts")).run(invocation.options, realSystem);
    case "login":
      return (await import("./commands/login.ts")).run(invocation.options, realSystem);
    case "logout":
      return (await import("./commands/logout.ts")).run(invocation.options, realSystem);
    case "dumpconfig":
      return (await import("./commands/dumpconfig.ts")).run(invocation.options, realSystem);
  }
}

/** A cached answer is given before anything waits: the first `await` of a start costs more than the answer. */
function main(): void {
  try {
    const invocation = parse(process.argv.slice(2));
    const answer =
      invocation.command === "dumpcreds"
        ? keptAnswer(invocation.options, process.env, realSystem)
        : undefined;
    if (answer === undefined) run(invocation).then(end, fail);
    else realSystem.stdout(answer).then(() => end(0), fail);
  } catch (error) {
    fail(error);
  }
}

async function fail(error: unknown): Promise<void> {
  const { exitStatus, reportLines } = await import("./cli/report.ts");
  for (const line of reportLines(error)) realSystem.stderr(line);
  end(exitStatus(error));
}

/** Ends the process outright: a connection or a look-up that hangs would keep it up for minutes after the answer. */
function end(status: number): void {
  process.exit(status);
}

main();
