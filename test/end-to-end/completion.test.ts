import { describe, expect, test } from "bun:test";
import { chmod, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { formatListing } from "../../src/sso/listing-file.ts";
import { isMissing } from "../cli/shells.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { type Scene, scenario, withScene } from "./support/scene.ts";
import { until } from "./support/until.ts";

/** Names that a shell would read as something else, that a terminal would obey, or that a person could not see. */
const ACCOUNTS = [
  "Shared Services",
  "colon:and=equals",
  `it's "quoted"`,
  "$(touch pwned) and `touch pwned`",
  "back\\slash",
  "star*[a]?",
  "bang!bang",
  "~tilde",
  "Zürich & <Ölfeld>; touch pwned",
  "escape\u001b]0;title\u0007",
  "unseen\u202egnp",
];

const listing = formatListing({
  listedAt: 0,
  accounts: ACCOUNTS.map((accountName, index) => ({
    accountId: `${100_000_000_000 + index}`,
    accountName,
    roles: ["AdministratorAccess", "ReadOnlyAccess"],
  })),
});

const config = `[profile dev]
region = eu-west-1
[profile "my prof"]
region = eu-west-1
[sso-session "our $(touch pwned)"]
sso_region = us-east-1
`;

/** What is typed in any of the shells, `\t` for a Tab, and the arguments that the program gets. */
const lines: Typed["lines"] = [
  ["console Sha\t", ["console", "Shared Services"]],
  ["console shared\t", ["console", "Shared Services"]],
  ["console Shared\\ S\tadm\t", ["console", "Shared Services", "AdministratorAccess"]],
  ["console 'Shared S\t", ["console", "Shared Services"]],
  ['console "Shared S\t', ["console", "Shared Services"]],
  ["console Shared\\ Services/R\t", ["console", "Shared Services/ReadOnlyAccess"]],
  ["runas colon\t-- true", ["runas", "colon:and=equals", "--", "true"]],
  ["console it\t", ["console", `it's "quoted"`]],
  ["console \"it's\t", ["console", `it's "quoted"`]],
  ["console 'it\t", ["console", `it's "quoted"`]],
  ["console '$\t", ["console", "$(touch pwned) and `touch pwned`"]],
  ["console \\$\t", ["console", "$(touch pwned) and `touch pwned`"]],
  ["console bac\t", ["console", "back\\slash"]],
  ["console star\t", ["console", "star*[a]?"]],
  ["console ban\t", ["console", "bang!bang"]],
  ["console \\~t\t", ["console", "~tilde"]],
  ["console Z\t", ["console", "Zürich & <Ölfeld>; touch pwned"]],
  ["console esc\t", ["console", "esc"]],
  ["console uns\t", ["console", "uns"]],
  ["console 100000000009\t", ["console", "100000000009"]],
  ["console --profile my\t", ["console", "--profile", "my prof"]],
  ["console --profile=my\t", ["console", "--profile=my prof"]],
  ["login --sso-session o\t", ["login", "--sso-session", "our $(touch pwned)"]],
  ["console --sso-acct-id 10000000000\t", ["console", "--sso-acct-id", "10000000000"]],
  [
    "console --sso-acct-id 100000000003 --sso-role-name R\t",
    "console --sso-acct-id 100000000003 --sso-role-name ReadOnlyAccess".split(" "),
  ],
  ["console --region eu-so\t2\t", ["console", "--region", "eu-south-2"]],
  ["console dev nothing\t", ["console", "dev", "nothing"]],
];

/** The same for `aws-use`, which gives its words to `dumpcreds`. */
const used: Typed["lines"] = [
  ["Sha\t", ["Shared Services"]],
  ["Shared\\ S\tadm\t", ["Shared Services", "AdministratorAccess"]],
  ["'it\t", [`it's "quoted"`]],
  ["Z\t", ["Zürich & <Ölfeld>; touch pwned"]],
  ["--profile my\t", ["--profile", "my prof"]],
  ["--profile=my\t", ["--profile=my prof"]],
  [
    "--sso-acct-id 100000000003 --sso-role-name R\t",
    "--sso-acct-id 100000000003 --sso-role-name ReadOnlyAccess".split(" "),
  ],
  ["--cle\t", ["--clear"]],
  ["nothing\t", ["nothing"]],
];

/** How each shell is started, and told of the completion. */
const shells: Record<string, readonly [argv: readonly string[], init: string]> = {
  bash: [["bash", "--noprofile", "--norc", "-i"], "source <(aws-login completion bash)"],
  zsh: [
    ["zsh", "-f", "-i"],
    "setopt interactive_comments; autoload -U compinit; compinit -u -D; source <(aws-login completion zsh)",
  ],
  fish: [["fish", "--no-config", "-i"], "aws-login completion fish | source"],
};

/** How each takes over `aws-use`, without the completion of `aws-login`. */
const shellInits: Record<string, string> = {
  bash: 'eval "$(aws-login shell-init bash)"',
  zsh: 'setopt interactive_comments; autoload -U compinit; compinit -u -D; eval "$(aws-login shell-init zsh)"',
  fish: "aws-login shell-init fish | source",
};

/** Puts a program in the place of aws-login that writes its arguments down, unless a shell asks for a completion. */
async function writeStub(scene: Scene): Promise<void> {
  await rename(join(scene.bin, "aws-login"), join(scene.bin, "real"));
  const stub = `#!/bin/sh
case $1 in
  __complete | completion | shell-init) exec "${scene.bin}/real" "$@" ;;
esac
printf '%s\\n' "$@" "" >> ${scene.root}/given
`;
  await chmod(await scene.write("bin/aws-login", stub), 0o755);
}

/** The arguments that the program has got so far, one list a run. */
async function given(scene: Scene): Promise<string[][]> {
  const text = await readFile(join(scene.root, "given"), "utf8").catch(() => "");
  return text
    .split("\n\n")
    .slice(0, -1)
    .map((run) => run.split("\n"));
}

interface Typed {
  /** Told to the shell first. */
  readonly init: string;
  readonly command: string;
  /** What is typed after the command, and the arguments that the program gets. */
  readonly lines: readonly (readonly [typed: string, args: readonly string[]])[];
}

/** Types the lines into the shell. Resolves, once the program was run for each, to what it was given and what was shown. */
async function completed(scene: Scene, argv: readonly string[], { init, command, lines }: Typed) {
  await writeStub(scene);
  await scene.write("home/.aws/config", config);
  await scene.write("home/.aws-login/listings/made-up", listing);
  const { PATH, HOME } = scene.env;
  await using terminal = openTerminal(argv, { PATH, HOME, TERM: "xterm", LC_ALL: "C.UTF-8", PS1: "$ " });
  terminal.type(`cd ${scene.work}; ${init}; echo rea''dy\r`);
  await terminal.shows("ready");
  const before = await readdir(scene.home, { recursive: true });
  for (const [index, [typed]] of lines.entries()) {
    terminal.type(`${command} ${typed}\r`);
    await until(async () => (await given(scene)).length > index || undefined);
  }
  const after = await readdir(scene.home, { recursive: true });
  return {
    given: await given(scene),
    shown: terminal.text(),
    // Of what the shells write for themselves.
    written: after.filter((name) => !before.includes(name) && !/fish|zcomp/.test(name)),
  };
}

for (const [shell, [argv, init]] of Object.entries(shells)) {
  describe.skipIf(isMissing(shell))(`completion in ${shell} (needs ${shell})`, () => {
    test(
      "hostile names arrive as one word each, and nothing of them is run, written or shown as an error",
      () =>
        withScene(async (scene) => {
          const typed: Typed = { init, command: "aws-login", lines };
          const { given, shown, written } = await completed(scene, argv, typed);
          expect(given).toEqual(lines.map(([, args]) => [...args]));
          expect(await readdir(scene.work)).toEqual([]);
          expect(written).toEqual([]);
          expect(shown).not.toContain("aws-login: error");
          expect(shown).not.toContain("\u001b]0;title");
          expect(scene.standIn.connections).toEqual([]);
        }, {}),
      60_000,
    );

    test(
      "aws-use is completed as dumpcreds is, from the first Tab on",
      () =>
        withScene(async (scene) => {
          const typed: Typed = { init: shellInits[shell] ?? "", command: "aws-use", lines: used };
          const { given, shown, written } = await completed(scene, argv, typed);
          const form = shell === "fish" ? "fish" : "linux";
          expect(given).toEqual(used.map(([, args]) => ["dumpcreds", ...args, "--outform", form]));
          expect(await readdir(scene.work)).toEqual([]);
          expect(written).toEqual([]);
          expect(shown).not.toContain("aws-login: error");
        }, {}),
      60_000,
    );
  });
}

scenario("a failure of a completion is reported as every other failure", async (scene) => {
  const words = ["__complete", "zsh", "console", ""];
  expect(await scene.run(words, { AWS_LOGIN_HOME: "here" })).toEqual({
    status: 1,
    stdout: "",
    stderr:
      "aws-login: error: cannot use AWS_LOGIN_HOME: here is not an absolute path\naws-login: hint: write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER\n",
  });
});
