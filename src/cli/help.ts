import { GROUPS, OPTION_HELP } from "./option-help.ts";
import { type Command, OPTIONS } from "./options.ts";
import { helpText } from "./overview.ts";

/** Where the lines of the options begin. */
const OPTION_COLUMN = 33;

/** What the help of a command says besides its options. */
export interface CommandPage {
  readonly usage: readonly string[];
  /** What it does, in lines. */
  readonly does: readonly string[];
  readonly examples: readonly string[];
}

export const COMMAND_PAGES: Readonly<Record<Exclude<Command, "help">, CommandPage>> = {
  console: {
    usage: ["aws-login console [options]"],
    does: [
      "Opens the AWS Management Console as the acquired identity, in the browser that BROWSER names or else",
      "in the platform's own. The console's URL is a secret: with --no-browser it is all that stdout gets.",
      "An IAM user's long-term keys need --get-federation-token or a role.",
    ],
    examples: [
      "aws-login console --profile dev --destination s3",
      "aws-login console --use-cache --sso-acct-id 111111111111 --sso-role-name ReadOnlyAccess",
    ],
  },
  dumpcreds: {
    usage: ["aws-login dumpcreds [options]"],
    does: [
      "Prints the acquired credentials, which are a secret: as commands for a shell (default linux; on",
      "Windows powershell), as JSON, or as the answer that credential_process of a profile expects.",
    ],
    examples: [
      "source <(aws-login dumpcreds --profile dev)",
      "aws-login dumpcreds --credential-helper --use-cache --sso-acct-id 111111111111 --sso-role-name Ops",
    ],
  },
  getcallerid: {
    usage: ["aws-login getcallerid [options]"],
    does: [
      "Asks STS who the acquired identity is and prints UserId, Account and Arn as JSON. Without options it",
      "says who you are now.",
    ],
    examples: [
      "aws-login getcallerid",
      "aws-login getcallerid --profile dev --assume-roles arn:aws:iam::222222222222:role/Ops",
    ],
  },
  runas: {
    usage: [
      "aws-login runas [options] -- <program> [<argument>…]",
      "aws-login runas [options] --command <string>",
    ],
    does: [
      "Runs a program with the acquired credentials in its environment, and with AWS_REGION where a region",
      "is known. Its streams, signals and exit status are its own (127: not found, 126: not executable).",
    ],
    examples: [
      "aws-login runas --profile dev --region eu-west-1 -- aws s3 ls",
      "aws-login runas --assume-roles arn:aws:iam::222222222222:role/Ops --command 'aws s3 ls | sort'",
    ],
  },
  dumpconfig: {
    usage: ["aws-login dumpconfig [options]"],
    does: [
      "Prints the [sso-session] section of an Identity Center portal, and a profile for every account and",
      "role you have there. With --write they are merged into the AWS config file: what else stands there",
      "stays as it is, and the old file is kept beside the new one.",
    ],
    examples: [
      "aws-login dumpconfig --start-url https://d-1234567890.awsapps.com/start --sso-region eu-west-1",
      "aws-login dumpconfig --use-cache --region eu-west-1 --write",
    ],
  },
  importcache: {
    usage: ["aws-login importcache --accesstoken-cache <file> [options]"],
    does: [
      "Imports a sign-in token file, such as the AWS CLI's, into the program's own cache, where --use-cache",
      "finds it. --start-url and --sso-region say where it is from if the file does not.",
    ],
    examples: [
      "aws-login importcache --accesstoken-cache ~/.aws/sso/cache/FILE.json",
      "aws-login importcache --accesstoken-cache file://token.json --sso-region eu-west-1",
    ],
  },
  login: {
    usage: ["aws-login login {--start-url <url> | --sso-session <name> | --profile <name>} [options]"],
    does: [
      "Signs in to Identity Center and keeps the token: with --start-url in the program's own cache, where",
      "--use-cache finds it; with --sso-session or --profile in the AWS CLI's, for both programs.",
    ],
    examples: [
      "aws-login login --start-url https://d-1234567890.awsapps.com/start --sso-region eu-west-1",
      "aws-login login --sso-session my-sso --use-device-code",
    ],
  },
  logout: {
    usage: ["aws-login logout [options]"],
    does: [
      "Revokes the token at the portal, and deletes it and the credentials acquired with it. Without",
      "options: for every portal in the program's own cache.",
    ],
    examples: ["aws-login logout", "aws-login logout --sso-session my-sso"],
  },
  version: {
    usage: ["aws-login version"],
    does: ["Prints the version."],
    examples: ["aws-login version", "aws-login --version"],
  },
  completion: {
    usage: ["aws-login completion {bash | zsh | fish | powershell}"],
    does: [
      "Prints the script that completes commands and options in the shell. The first two examples belong",
      "into ~/.bashrc and, after compinit, into ~/.zshrc; the last belongs into $PROFILE.",
    ],
    examples: [
      "source <(aws-login completion bash)",
      "source <(aws-login completion zsh)",
      "aws-login completion fish > ~/.config/fish/completions/aws-login.fish",
      "aws-login completion powershell | Out-String | Invoke-Expression",
    ],
  },
};

/** Everything about one command: one long screen. */
export function commandHelp(command: Command): string {
  if (command === "help") return helpText();
  const { usage, does, examples } = COMMAND_PAGES[command];
  const lines = [
    ...usage.map((line, index) => (index === 0 ? `Usage: ${line}` : `       ${line}`)),
    "",
    ...does,
    ...optionLines(command),
    "",
    "Examples",
    ...examples.map((line) => `  ${line}`),
    "",
    "Exit status, and where credentials come from: aws-login help",
  ];
  return `${lines.join("\n")}\n`;
}

function optionLines(command: Command): string[] {
  const lines: string[] = [];
  for (const group of GROUPS) {
    const options = OPTIONS.filter(({ name, commands }) => {
      const takers: readonly Command[] = commands;
      return takers.includes(command) && OPTION_HELP[name].group === group;
    });
    if (options.length === 0) continue;
    lines.push("", group);
    for (const option of options) {
      const { value, line, lineOf } = OPTION_HELP[option.name];
      const name = "short" in option ? `${option.short}, ${option.name}` : option.name;
      lines.push(optionLine(value === undefined ? name : `${name} ${value}`, lineOf?.[command] ?? line));
    }
  }
  lines.push(...(lines.length === 0 ? ["", "Options"] : []), optionLine("-h, --help", "this page"));
  return lines;
}

function optionLine(name: string, line: string): string {
  return `  ${name}`.padEnd(OPTION_COLUMN) + line;
}
