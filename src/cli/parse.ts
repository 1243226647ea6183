import { Failure } from "../lib/errors.ts";
import type { Command, HelpName, RunCommand, Shell, ShellCommand } from "./command-names.ts";
import { COMMANDS, HELP_NAMES, oneOf, RUN_COMMANDS, SHELLS } from "./command-names.ts";
import { inWords, operandProblem } from "./operand-problem.ts";
import { checkConflicts } from "./option-conflicts.ts";
import type { Options } from "./option-record.ts";
import type { OptionSpec } from "./options.ts";
import { helpText } from "./overview.ts";
import { type Draft, isSecret, readOption } from "./read-option.ts";
import { HOW_TO_RUN } from "./unexpected-word.ts";
import { commandNamed, usageError } from "./usage-error.ts";

/** A command line as data. `program` has the words after `--`: for `runas` alone, and never empty. */
export type Invocation =
  | { readonly command: RunCommand; readonly options: Options; readonly program?: readonly string[] }
  | { readonly command: "help"; readonly topic?: HelpName }
  | { readonly command: "version" }
  | { readonly command: ShellCommand; readonly shell: Shell };

/**
 * Reads the arguments after the program's own name, and nothing else. Throws Failure("usage") for the first mistake.
 * `-h`, `--help` and `--version` before a `--` win over everything else: no value can be a word of its own that begins
 * so.
 */
export function parse(argv: readonly string[]): Invocation {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const program = end < 0 ? undefined : argv.slice(end + 1);
  if (argv.length === 0) throw new Failure("usage", "no command given", { page: helpText() });
  refuseLostBytes(words);
  if (words.includes("-h") || words.includes("--help")) return help(commandNamed(words));
  if (words.includes("--version")) return { command: "version" };

  const { options, present, operands } = readWords(words, program);
  const command = oneOf(COMMANDS, operands[0]);
  if (command === undefined) {
    throw program === undefined
      ? usageError("no command given", "see: aws-login help")
      : usageError("no command given before --", `to run a program: ${HOW_TO_RUN}`);
  }
  if (program !== undefined && command !== "runas") {
    throw usageError(`${command} takes nothing after --`, `to run a program: ${HOW_TO_RUN}`);
  }
  let maySignIn = !options.credentialHelper;
  for (const spec of present) {
    checkApplies(spec, command);
    if (spec.field === "signIn") maySignIn = true;
  }

  switch (command) {
    case "help":
      return help(oneOf(HELP_NAMES, operands[1]));
    case "version":
      return { command };
    case "completion":
    case "shell-init":
      return { command, shell: shellOf(command, operands[1]) };
    default:
      if (!maySignIn) options.signIn = "never";
      if (operands.length > 1) options.words = operands.slice(1);
      // Without options only these commands can lack one.
      if (
        present.length > 0 ||
        operands.length > 1 ||
        command === "login" ||
        command === "importcache" ||
        command === "runas"
      ) {
        checkConflicts(command, options, program);
      }
      return program === undefined ? { command, options } : { command, options, program };
  }
}

/**
 * The runtime decodes arguments as UTF-8 and puts U+FFFD in the place of bytes that are none, so that different names
 * look alike. The argument is not repeated: it may be a secret.
 */
function refuseLostBytes(words: readonly string[]): void {
  for (const [index, word] of words.entries()) {
    if (!word.includes("\ufffd")) continue;
    throw usageError(
      `cannot use argument ${index + 1}: it holds bytes that are not UTF-8`,
      "write it in UTF-8, as the AWS config files are",
    );
  }
}

function help(topic: HelpName | undefined): Invocation {
  return topic === undefined ? { command: "help" } : { command: "help", topic };
}

function shellOf(command: ShellCommand, operand: string | undefined): Shell {
  const shell = oneOf(SHELLS, operand);
  if (shell !== undefined) return shell;
  throw usageError(
    `${command} needs the name of a shell: ${SHELLS.slice(0, -1).join(", ")} or ${SHELLS.at(-1)}`,
    `for example: aws-login ${command} bash`,
  );
}

interface Read {
  readonly options: Draft;
  /** The options in the order of the command line, repeated ones included. */
  readonly present: readonly OptionSpec[];
  readonly operands: readonly string[];
}

function readWords(words: readonly string[], program: readonly string[] | undefined): Read {
  const options: Draft = {
    verbose: false,
    useCache: false,
    refresh: "auto",
    signIn: "auto",
    useDeviceCode: false,
    noBrowser: false,
    nrt: false,
    remote: false,
    getSessionToken: false,
    getFederationToken: false,
    credentialHelper: false,
    clear: false,
    autoRefresh: false,
    detach: false,
    keep: false,
    profiles: false,
    imds: false,
    write: false,
    dryRun: false,
    credentialProcess: false,
    prune: false,
    rename: false,
    offline: false,
    copy: false,
    reload: false,
    sessions: false,
    portalLink: false,
    logoutFirst: false,
  };
  const present: OptionSpec[] = [];
  const operands: string[] = [];
  let before: OptionSpec | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word.startsWith("-") && word !== "-") {
      const { spec, width } = readOptionOfCommand(words, index, { options, operands, program });
      present.push(spec);
      before = spec;
      index += width - 1;
      continue;
    }
    const problem = operandProblem(operands, word, { words, present, before, program });
    if (problem !== undefined && before !== undefined && isSecret(before)) {
      // It may be the rest of a secret that the shell split, so the message does not repeat it.
      throw usageError(`the value of ${before.name} is more than one word`, "put the value in double quotes");
    }
    if (problem !== undefined) throw problem;
    operands.push(word);
    before = undefined;
  }
  return { options, present, operands };
}

/** An option that `runas` does not know after words: most likely the words are a program without the `--`. */
function readOptionOfCommand(
  words: readonly string[],
  index: number,
  read: {
    readonly options: Draft;
    readonly operands: readonly string[];
    readonly program: readonly string[] | undefined;
  },
): ReturnType<typeof readOption> {
  try {
    return readOption(words, index, read.options);
  } catch (error) {
    const isProgram = read.operands[0] === "runas" && read.operands.length > 1 && read.program === undefined;
    if (!(error instanceof Failure) || !isProgram) throw error;
    throw usageError(error.message, `put -- before the program: ${HOW_TO_RUN}`);
  }
}

/** Refuses an option that the command does not take. An option of every command is harmless beside `help` and the like. */
function checkApplies(spec: OptionSpec, command: Command): void {
  if (spec.commands.length === RUN_COMMANDS.length || oneOf(spec.commands, command) !== undefined) return;
  throw usageError(
    `${spec.name} is not for ${command}`,
    spec.field === "profiles" ? "did you mean --profile?" : `it is for ${inWords(spec.commands)}`,
  );
}
