/**
 * From the words of the command line to the exit status. `import()` loads most commands, so that a start reads only what
 * it runs. The modules of `getcallerid` are imported statically, because the other commands need nearly all of them too.
 */

import { HELPER_COMMAND, oneOf, type RunCommand, WORD_COMMANDS } from "./cli/command-names.ts";
import type { Options } from "./cli/option-record.ts";
import { needsChoice } from "./cli/option-requirements.ts";
import { helpText } from "./cli/overview.ts";
import { parse } from "./cli/parse.ts";
import { HOW_TO_RUN } from "./cli/unexpected-word.ts";
import { cachedAnswer } from "./commands/cached-answer.ts";
import { run as dumpCreds } from "./commands/dumpcreds.ts";
import { run as getCallerId } from "./commands/getcallerid.ts";
import { endpointWord } from "./lib/endpoint-word.ts";
import { versionLine } from "./lib/version.ts";
import type { Environment, System } from "./system/types.ts";

/** Resolves to the exit status; for `runas` that of its child. `env` is the environment of the process. */
export async function run(words: readonly string[], env: Environment, system: System): Promise<number> {
  // No command: the word of a copy of this program that another one started.
  if (words.length === 1 && words[0] === endpointWord)
    return (await import("./endpoint/background-endpoint.ts")).runInBackground(system);
  const invocation = parse(
    words[0] === HELPER_COMMAND ? (await import("./cli/signing-helper.ts")).dumpcredsWords(words) : words,
  );
  const { command } = invocation;
  switch (command) {
    case "help": {
      const { topic } = invocation;
      const page = topic === undefined ? helpText() : (await import("./cli/help.ts")).helpPage(topic);
      await system.stdout(await withHeadings(page, env, system));
      return 0;
    }
    case "version":
      await system.stdout(versionLine);
      return 0;
    case "completion":
      await system.stdout((await import("./cli/completion.ts")).completionScript(invocation.shell));
      return 0;
    case "shell-init":
      await system.stdout((await import("./cli/shell-init.ts")).shellInit(invocation.shell));
      return 0;
    case "runas": {
      const { program } = invocation;
      const runas = await import("./commands/runas/runas.ts");
      await runas.refuseNothingToRun(invocation.options, program, system);
      const options = await withTarget(words, command, invocation.options, system);
      // The child handles signals.
      return runas.run(options, program, system);
    }
    case "serve": {
      const options = await withTarget(words, command, invocation.options, system);
      // Signals end what it serves.
      return (await import("./commands/serve/serve.ts")).run(options, system);
    }
    default: {
      const options = await withTarget(words, command, invocation.options, system);
      const answer = command === "dumpcreds" ? cachedAnswer(options, env, system) : undefined;
      if (answer === undefined)
        return system.interruptible(command, () => carryOut(command, options, system, words));
      await system.stdout(answer);
      return 0;
    }
  }
}

/** The options with the identity that target words, or an account or a role alone, mean. */
async function withTarget(
  argv: readonly string[],
  command: RunCommand,
  options: Options,
  system: System,
): Promise<Options> {
  if (command === "list" || oneOf(WORD_COMMANDS, command) === undefined || !needsChoice(options))
    return options;
  const { equivalentCommand } = await import("./cli/equivalent-command.ts");
  const isStatus = command === "status";
  const seen = isStatus
    ? (await import("./commands/status/observe.ts")).observe(system, options).system
    : system;
  return system.interruptible("choosing an identity", async () =>
    (await import("./targets/choose-target.ts")).chooseTarget(options, {
      system: seen,
      asks: isStatus ? "nothing" : "as-needed",
      sameCommand: (words, chosen) => equivalentCommand(argv, words, chosen),
      hints: hintsWithoutMatch(command, options.words?.length ?? 0),
    }),
  );
}

/** For words that mean nothing. */
function hintsWithoutMatch(command: RunCommand, words: number): readonly string[] {
  if (command === "runas" && words > 1) return [`put -- before the program: ${HOW_TO_RUN}`];
  return command === "status" ? [STATUS_READS] : [];
}

const STATUS_READS = "status reads cached listings; to ask the portals: aws-login list --reload";

/** The page unchanged, or with bold headings where stdout is a terminal that has colour. */
async function withHeadings(page: string, env: Environment, system: System): Promise<string> {
  const { allowsColour, colouredPage } = await import("./cli/colour.ts");
  return allowsColour(env, system.platform) && (await system.stdoutIsTerminal()) ? colouredPage(page) : page;
}

async function carryOut(
  command: Exclude<RunCommand, "runas" | "serve">,
  options: Options,
  system: System,
  argv: readonly string[],
): Promise<number> {
  switch (command) {
    case "getcallerid":
      return getCallerId(options, system);
    case "dumpcreds":
      return dumpCreds(options, system);
    case "console":
      return (await import("./commands/console/console.ts")).run(options, system);
    case "importcache":
      return (await import("./commands/importcache.ts")).run(options, system);
    case "login":
      return (await import("./commands/login/login.ts")).run(options, system, await sameCommand(argv));
    case "logout":
      return (await import("./commands/logout.ts")).run(options, system);
    case "status":
      return (await import("./commands/status/status.ts")).run(options, system);
    case "list":
      return (await import("./commands/list/list.ts")).run(options, system);
    case "dumpconfig":
      return (await import("./commands/dumpconfig/dumpconfig.ts")).run(
        options,
        system,
        await sameCommand(argv),
      );
  }
}

/** The same command line with one more option. */
async function sameCommand(argv: readonly string[]): Promise<(option: string, value: string) => string> {
  const { equivalentCommand } = await import("./cli/equivalent-command.ts");
  return (option, value) => equivalentCommand(argv, [], [option, value]);
}
