import type { Failure } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { checkContradictions } from "./contradictions.ts";
import type { Command, OptionSpec, Options, RunCommand, Shell } from "./options.ts";
import { COMMANDS, RUN_COMMANDS, SHELLS } from "./options.ts";
import { type Draft, findOption, isSecret, readOption } from "./read-option.ts";
import { usage } from "./usage.ts";

/** What the command line asks for. `program` is what stood after `--`: for `runas` alone, and never empty. */
export type Invocation =
  | { readonly command: RunCommand; readonly options: Options; readonly program?: readonly string[] }
  | { readonly command: "help"; readonly topic?: Command }
  | { readonly command: "version" }
  | { readonly command: "completion"; readonly shell: Shell };

/**
 * Reads the arguments after the program's own name, and looks at nothing else. Throws Failure("usage") for the
 * first thing that is wrong. `-h`, `--help` and `--version` before a `--` win over everything else, which is safe
 * because no value can be written that way as a word of its own.
 */
export function parse(argv: readonly string[]): Invocation {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const program = end < 0 ? undefined : argv.slice(end + 1);

  const topic = topicOf(words);
  if (words.includes("-h") || words.includes("--help")) return help(topic);
  if (words.includes("--version")) return { command: "version" };

  const seeAlso = topic === undefined ? "see: aws-login help" : `see: aws-login help ${topic}`;
  const { options, given, operands } = readWords(words, seeAlso);
  const [first, second] = operands;
  const command = find(COMMANDS, first);
  if (command === undefined) throw noCommand(program);
  if (program !== undefined && command !== "runas") {
    throw usage(`${command} takes nothing after --`, "to run a program: aws-login runas -- PROGRAM ARGS");
  }
  for (const spec of given) checkApplies(spec, command);

  switch (command) {
    case "help":
      return help(find(COMMANDS, second));
    case "version":
      return { command };
    case "completion": {
      const shell = find(SHELLS, second);
      if (shell === undefined) {
        throw usage(
          `completion needs the name of a shell: ${inWords(SHELLS)}`,
          "for example: aws-login completion bash",
        );
      }
      return { command, shell };
    }
    default:
      if (options.credentialHelper && !given.some(({ field }) => field === "signIn"))
        options.signIn = "never";
      checkContradictions(command, options, program);
      return program === undefined ? { command, options } : { command, options, program };
  }
}

/** The first word that is a command, as far as can be told without judging the rest. */
function topicOf(words: readonly string[]): Command | undefined {
  const named = words.filter((word, index) => {
    const before = findOption(words[index - 1] ?? "");
    return before === undefined || before.kind === "flag" ? find(COMMANDS, word) !== undefined : false;
  });
  return find(COMMANDS, named.find((word) => word !== "help") ?? named[0]);
}

function help(topic: Command | undefined): Invocation {
  return topic === undefined ? { command: "help" } : { command: "help", topic };
}

interface Words {
  readonly options: Draft;
  readonly given: readonly OptionSpec[];
  readonly operands: readonly string[];
}

function readWords(words: readonly string[], seeAlso: string): Words {
  const options: Draft = {
    verbose: false,
    useCache: false,
    refresh: "auto",
    signIn: "auto",
    useDeviceCode: false,
    noBrowser: false,
    nrt: false,
    getSessionToken: false,
    getFederationToken: false,
    credentialHelper: false,
    write: false,
    copy: false,
  };
  const given: OptionSpec[] = [];
  const operands: string[] = [];
  let afterSecret = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word.startsWith("-") && word !== "-") {
      const read = readOption(word, words[index + 1], options, seeAlso);
      given.push(read.spec);
      afterSecret = isSecret(read.spec);
      index += read.words - 1;
    } else {
      const problem = operandProblem(operands, word, seeAlso);
      // What follows a secret may be the rest of one that the shell split: not to be repeated.
      if (problem !== undefined && afterSecret) {
        throw usage(
          `the value of ${given.at(-1)?.name} is more than one word`,
          "put the value in double quotes",
        );
      }
      if (problem !== undefined) throw problem;
      operands.push(word);
    }
  }
  return { options, given, operands };
}

/** Why `word` cannot stand after the operands there are. */
function operandProblem(operands: readonly string[], word: string, seeAlso: string): Failure | undefined {
  const [command, operand] = operands;
  if (command === undefined || (command === "help" && operand === undefined)) {
    if (find(COMMANDS, word) !== undefined) return undefined;
    const meant = nearest(word, COMMANDS);
    return usage(
      `unknown command "${word}"`,
      meant === undefined ? "see: aws-login help" : `did you mean ${meant}?`,
    );
  }
  if (command === "completion" && operand === undefined) {
    if (find(SHELLS, word) !== undefined) return undefined;
    return usage(`no completion for "${word}": the shells are ${inWords(SHELLS)}`, seeAlso);
  }
  const hint = command === "runas" ? "put -- before the program: aws-login runas -- PROGRAM ARGS" : seeAlso;
  return usage(`${command} takes no "${word}"`, hint);
}

function noCommand(program: readonly string[] | undefined): Failure {
  return program === undefined
    ? usage("no command given", "see: aws-login help")
    : usage("no command given before --", "to run a program: aws-login runas -- PROGRAM ARGS");
}

/** Options that are for every command are harmless beside `help` and the like; the others are a mistake. */
function checkApplies(spec: OptionSpec, command: Command): void {
  if (spec.commands.length === RUN_COMMANDS.length || find(spec.commands, command) !== undefined) return;
  throw usage(`${spec.name} is not for ${command}`, `it is for ${inWords(spec.commands)}`);
}

function find<T extends string>(names: readonly T[], word: string | undefined): T | undefined {
  return names.find((name) => name === word);
}

/** "a", "a and b", "a, b and c". */
function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
