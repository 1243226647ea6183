import { type Command, HELPER_COMMAND, type HelpName, type Topic } from "./command-names.ts";
import { helpFor } from "./command-option-help.ts";
import { type CommandPage, optionRow, page } from "./help-layout.ts";
import { helperPage } from "./helper-page.ts";
import { GROUPS, OPTION_HELP } from "./option-help.ts";
import { OPTIONS } from "./options.ts";
import { helpText } from "./overview.ts";

export const COMMAND_PAGES: Readonly<Record<Exclude<Command, "help">, CommandPage>> = {
  console: {
    usage: ["aws-login console [<word>…] [options]"],
    does: "Opens the AWS Management Console as the acquired identity, in the browser that BROWSER names or else in the platform's own. The console's URL is a secret; with --no-browser stdout gets the URL and nothing else. An IAM user's long-term keys need --get-federation-token or a role.",
    examples: [
      "aws-login console prod admin --destination s3",
      "aws-login console --use-cache --sso-acct-id 111111111111 --sso-role-name Ops",
    ],
  },
  dumpcreds: {
    usage: ["aws-login dumpcreds [<word>…] [options]", "aws-login credential-process [options]"],
    does: "Prints the acquired credentials, which are a secret: as commands for a shell (default linux; on Windows powershell), as JSON, or as the answer that credential_process of a profile expects. credential-process is another name of dumpcreds --credential-helper, which also takes command lines of aws_signing_helper.",
    examples: [
      "source <(aws-login dumpcreds --profile dev)",
      "aws-login dumpcreds --credential-helper --use-cache --profile dev",
    ],
  },
  getcallerid: {
    usage: ["aws-login getcallerid [<word>…] [options]"],
    does: "Asks STS who the acquired identity is and prints UserId, Account and Arn as JSON. Without options it reports the current identity.",
    examples: [
      "aws-login getcallerid",
      "aws-login getcallerid --assume-roles arn:aws:iam::222222222222:role/Ops",
    ],
  },
  runas: {
    usage: [
      "aws-login runas [<word>…] [options] -- <program> [<argument>…]",
      "aws-login runas [<word>…] [options] --command <string>",
      "aws-login runas [<word>…] [options]",
    ],
    does: "Runs a program with the acquired credentials in its environment, and with AWS_REGION where a region is known. The program keeps its own streams, signals and exit status (127: not found, 126: not executable). Without a program, in a terminal, your shell runs. With --auto-refresh the program gets, in place of keys, an endpoint from which its AWS SDK fetches new ones before they end.",
    examples: [
      "aws-login runas dev reader --region eu-west-1 -- aws s3 ls",
      "aws-login runas --profile dev --auto-refresh -- terraform apply",
    ],
  },
  serve: {
    usage: ["aws-login serve [<word>…] [options]"],
    does: "Serves the acquired credentials on this machine to programs that are started elsewhere, until Ctrl-C, or in the background with --detach. It prints the variables by which their AWS SDKs find the endpoint, which are a secret, and renews the credentials before they end. On Linux it answers this user's programs only. Long-term keys need --get-session-token.",
    examples: [
      'eval "$(aws-login serve --profile dev --detach)"',
      "aws-login serve prod admin --port 4100 --outform env",
    ],
  },
  status: {
    usage: ["aws-login status [<word>…] [options]"],
    does: "Says which identity the same options give and why: source, chain, region, what was skipped, when the credentials end and whether they renew without a person, the sign-ins, and what is wrong, each with the command that helps. It changes nothing and asks nothing of a person, so words choose from cached listings. Exit status 0: usable now; 1: a source or a role refuses; 3: no credentials; 4: a sign-in is needed.",
    examples: ["aws-login status prod admin", "aws-login status --offline --format json"],
  },
  dumpconfig: {
    usage: ["aws-login dumpconfig [options]"],
    does: "Prints the [sso-session] section of an Identity Center portal, and a profile for every account and role you have there. With --write it merges them into the AWS config file: everything else in the file stays as it is, and the old file stays beside the new one.",
    examples: [
      "aws-login dumpconfig --start-url https://d-1234567890.awsapps.com/start",
      "aws-login dumpconfig --use-cache --region eu-west-1 --write",
    ],
  },
  importcache: {
    usage: ["aws-login importcache --accesstoken-cache <file> [options]"],
    does: "Imports a sign-in token file, such as the AWS CLI's, into the program's own cache, where --use-cache finds it. --start-url and --sso-region name its portal where the file does not.",
    examples: [
      "aws-login importcache --accesstoken-cache ~/.aws/sso/cache/FILE.json",
      "aws-login importcache --accesstoken-cache token.json --sso-region eu-west-1",
    ],
  },
  login: {
    usage: [
      "aws-login login --start-url <url> [options]",
      "aws-login login [--sso-session <name> | --profile <name>] [options]",
    ],
    does: "Signs in to Identity Center and stores the token: with --start-url in the program's own cache, where --use-cache finds it; otherwise in the AWS CLI's cache, for both programs. If the config has several [sso-session] sections, you choose one in the terminal. If the config names no portal, or the profile has no credentials, login signs in with console credentials, as aws login does, and writes login_session into the profile.",
    examples: [
      "aws-login login --start-url https://d-1234567890.awsapps.com/start",
      "aws-login login --profile new --region eu-west-1",
    ],
  },
  logout: {
    usage: ["aws-login logout [options]"],
    does: "Revokes the token at the portal, and deletes it and the credentials acquired with it. Without options it does so for every portal in the program's own cache. For a profile with console credentials it deletes the stored sign-in.",
    examples: ["aws-login logout", "aws-login logout --sso-session my-sso"],
  },
  list: {
    usage: ["aws-login list [<word>…] [options]"],
    does: "Lists the identities that words after a command choose from: the profiles of the config files, and every account and role of the portals of the program's own cache and of the config files. With words it lists only those in which every word occurs. Listings are cached until logout.",
    examples: ["aws-login list prod", "aws-login list --format tsv | fzf"],
  },
  version: {
    usage: ["aws-login version"],
    does: "Prints the version.",
    examples: ["aws-login version", "aws-login --version"],
  },
  completion: {
    usage: ["aws-login completion {bash | zsh | fish | powershell}"],
    does: "Prints the script that completes commands, options, and names of profiles, sessions, accounts, roles and regions in the shell. Names come from the config files and the cached listings, and no server is asked. The first two examples belong in ~/.bashrc and, after compinit, in ~/.zshrc; the last belongs in $PROFILE.",
    examples: [
      "source <(aws-login completion bash)",
      "source <(aws-login completion zsh)",
      "aws-login completion fish > ~/.config/fish/completions/aws-login.fish",
      "aws-login completion powershell | Out-String | Invoke-Expression",
    ],
  },
  "shell-init": {
    usage: ["aws-login shell-init {bash | zsh | fish | powershell}"],
    does: "Prints the shell function aws-use. It hands its words to dumpcreds, puts the credentials into the current shell, and unsets AWS_PROFILE and AWS_DEFAULT_PROFILE, so that they name no other identity. aws-use --clear takes the identity out of the shell. The examples belong in ~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish and $PROFILE.",
    examples: [
      'eval "$(aws-login shell-init bash)"',
      'eval "$(aws-login shell-init zsh)"',
      "aws-login shell-init fish | source",
      "aws-login shell-init powershell | Out-String | Invoke-Expression",
    ],
  },
};

/** What `help` explains besides the commands. */
const TOPIC_PAGES: Readonly<Record<Topic, string>> = {
  sources: `The credential source is the first of these that applies

  1. Identity Center: --start-url, --sso-session, --sso-access-token,
     --accesstoken-cache, or --use-cache with --sso-acct-id or
     --sso-role-name
  2. --certificate (IAM Roles Anywhere) or --web-identity-token, each with
     --role-arn, or the profile of --profile; if it fails, no other is tried
  3. the default chain, as the AWS CLI walks it
     a. keys in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)
     b. the profile of AWS_PROFILE, else AWS_DEFAULT_PROFILE, else default, and
        web identity (AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN)
     c. the container endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI or
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
     d. EC2 instance metadata

A source that is not configured is skipped. A source that is configured and
fails ends the search with its own error. The credentials then pass through
--get-session-token or --get-federation-token, and each role of --assume-roles.
`,
  "exit-status": `Exit status

  0    done
  1    failed
  2    wrong usage
  3    no credentials found, or the profile is missing or empty
  4    a sign-in is needed and may not start
  130  interrupted

runas ends with the status of its program: 128 + N for signal N, 127 when there
is no such program, 126 when it cannot run.
`,
};

/** The page of a command or a topic. */
export function helpPage(topic: HelpName): string {
  if (topic === "sources" || topic === "exit-status") return TOPIC_PAGES[topic];
  return topic === HELPER_COMMAND ? helperPage() : commandHelp(topic);
}

/** Everything about one command, in lines of 80 characters at most. */
export function commandHelp(command: Command): string {
  return command === "help" ? helpText() : page(COMMAND_PAGES[command], optionLines(command));
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
      const { value, line } = helpFor(option.name, command);
      const name = "short" in option ? `${option.short}, ${option.name}` : option.name;
      lines.push(...optionRow(value === undefined ? name : `${name} ${value}`, line));
    }
  }
  lines.push(...(lines.length === 0 ? ["", "Options"] : []), ...optionRow("-h, --help", "this page"));
  return lines;
}
