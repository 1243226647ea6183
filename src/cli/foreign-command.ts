/** Commands of other tools, and the command here that does the same. */
import { COMMANDS, oneOf, WORD_COMMANDS } from "./command-names.ts";
import { findOption } from "./options.ts";

const HERE: Readonly<Record<string, string>> = {
  whoami: "getcallerid",
  id: "getcallerid",
  identity: "getcallerid",
  exec: "runas -- PROGRAM ARGS",
  run: "runas -- PROGRAM ARGS",
  shell: "runas",
  server: "serve",
  "ecs-server": "serve",
  "ec2-server": "serve --imds",
  doctor: "status",
  check: "status",
  env: "dumpcreds --outform env",
  export: "dumpcreds",
  "export-credentials": "dumpcreds",
  creds: "dumpcreds",
  credentials: "dumpcreds",
  "credential-process": "dumpcreds --credential-helper",
  ls: "list",
  profiles: "list",
  accounts: "list",
  roles: "list",
  populate: "dumpconfig --write",
  configure: "dumpconfig --write",
  open: "console",
  web: "console",
  signin: "login --start-url URL",
  "sign-in": "login --start-url URL",
  signout: "logout",
  "sign-out": "logout",
  "logout-all": "logout",
  import: "importcache --accesstoken-cache FILE",
};

/**
 * The hint for an unknown command `word`: the command that does the same here, or the right order where the command
 * comes after a word. `words` is the command line. Undefined when there is no such hint.
 */
export function hintForCommand(word: string, words: readonly string[]): string | undefined {
  const operands = words.filter((other, index) => !other.startsWith("-") && !takesValue(words[index - 1]));
  const [first, second] = operands;
  if (first === word && word === "sso" && (second === "login" || second === "logout")) {
    return `the command is: aws-login ${second === "login" ? "login --start-url URL" : "logout"}`;
  }
  const here = Object.hasOwn(HERE, word.toLowerCase()) ? HERE[word.toLowerCase()] : undefined;
  if (here !== undefined) return `the command is: aws-login ${here}`;
  const command = oneOf(COMMANDS, second);
  if (first !== word || command === undefined || !/^[\w./@+-]+$/.test(word)) return undefined;
  if (oneOf(WORD_COMMANDS, command) !== undefined)
    return `the command comes first: aws-login ${command} ${word}`;
  const takesProfile = findOption("--profile")?.commands.some((name) => name === command);
  return takesProfile ? `the command comes first: aws-login ${command} --profile ${word}` : undefined;
}

function takesValue(word: string | undefined): boolean {
  if (word === undefined) return false;
  const spec = findOption(word);
  return spec !== undefined && spec.kind !== "flag";
}
