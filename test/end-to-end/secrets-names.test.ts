import { expect } from "bun:test";
import { SAMPLE_KEYS } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { type Canaries, filesOf, watchSecrets } from "./support/canaries.ts";
import { executable } from "./support/executable.ts";
import { keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, role, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

/**
 * What shows identities, sign-ins and files shows no secret of them: lists, reports, differences, names for a shell, and the
 * pictures of the picker. The home has every secret that a home can have.
 */

const BREAKS = " \t\n\"'><=;|&(:";

/** A command line, and whether it fails. */
const commands: Readonly<Record<string, { readonly args: readonly string[]; readonly status?: number }>> = {
  list: { args: ["list"] },
  "list --format json": { args: ["list", "--format", "json"] },
  "list --format tsv": { args: ["list", "--format", "tsv"] },
  "list --reload": { args: ["list", "--reload", "--verbose"] },
  "list --sessions": { args: ["list", "--sessions"] },
  "list --sessions --format json": { args: ["list", "--sessions", "--format", "json"] },
  "list --sessions --format tsv": { args: ["list", "--sessions", "--format", "tsv", "--verbose"] },
  status: { args: ["status"] },
  "status of a profile with Identity Center": { args: ["status", "--profile", "s", "--verbose"] },
  "status of words": { args: ["status", "my-acct-1", "admin", "--format", "json"] },
  "status --offline": { args: ["status", "--offline", "--use-cache", "--start-url", startUrl, ...role] },
  "status --format json": { args: ["status", "--format", "json", "--profile", "s"] },
  "status --format json of a role": { args: ["status", "--format", "json", "--profile", "ring"] },
  "several matches": { args: ["console", "my-acct"], status: 2 },
  "no match": { args: ["console", "nowhere"], status: 3 },
  "dumpconfig --dry-run": { args: ["dumpconfig", "--dry-run", "--sso-session", "my-sso"], status: 1 },
  "dumpconfig --dry-run --prune --rename": {
    args: ["dumpconfig", "--dry-run", "--prune", "--rename", "--sso-session", "my-sso", "--verbose"],
    status: 1,
  },
  "completion of a word for bash": { args: ["__complete", "bash", BREAKS, "aws-login console "] },
  "completion of a word for zsh": { args: ["__complete", "zsh", "console", ""] },
  "completion of a word for PowerShell": { args: ["__complete", "powershell", ".console", "."] },
  "completion of a profile": { args: ["__complete", "fish", "console", "--profile", ""] },
  "completion of a session": { args: ["__complete", "fish", "login", "--sso-session", ""] },
  ...Object.fromEntries(
    ["bash", "zsh", "fish", "powershell"].flatMap((shell) => [
      [`shell-init ${shell}`, { args: ["shell-init", shell] }],
      [`completion ${shell}`, { args: ["completion", shell] }],
    ]),
  ),
  ...Object.fromEntries(
    ["linux", "mac", "windows", "powershell", "fish", "env", "json"].map((form) => [
      `dumpcreds --clear --outform ${form}`,
      { args: ["dumpcreds", "--clear", "--outform", form] },
    ]),
  ),
};

const { ana } = SAMPLE_KEYS;
/** Also beside what `dumpconfig` changes, so that a difference has them in its context. */
const withKeys = `[profile ring]
role_arn = arn:aws:iam::111111111111:role/Jump
source_profile = ana

${config.trimEnd()}
aws_secret_access_key = ${ana.secretAccessKey}

[profile my-acct-2-ReadOnlyAccess]
region = eu-west-1
aws_secret_access_key = ${ana.secretAccessKey}
aws_session_token = made-up-session-token-in-the-config-file
`;

/** Tokens in both caches, registrations, acquired credentials, keys in both files; the listing is cached. */
async function fullHome(scene: Scene): Promise<Canaries> {
  const canaries = watchSecrets(scene.standIn, {
    "token of the config": "made-up-session-token-in-the-config-file",
  });
  await scene.write("home/.aws/config", withKeys);
  await scene.write("home/.aws/credentials", `[default]\n${keyLines(ana)}\n[ana]\n${keyLines(ana)}`);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  const login = ["login", "--start-url", startUrl, "--use-device-code", "--no-browser"];
  const acquire = ["dumpcreds", "--use-cache", "--start-url", startUrl, ...role];
  for (const args of [login, acquire, ["dumpcreds", "--use-cache", "--profile", "ring"], ["list"]])
    expect([args, (await scene.run(args)).status]).toEqual([args, 0]);
  return canaries;
}

scenario(
  "no list, report, difference or completion shows a secret, and none is written anywhere",
  async (scene) => {
    const canaries = await fullHome(scene);
    const stored = [...(await filesOf(scene))].filter(([, text]) => canaries.foundIn(text).length > 0);
    // What is searched for would be found: it is in six files.
    expect(stored.length).toBeGreaterThanOrEqual(6);
    const env = { AWS_ACCESS_KEY_ID: ana.accessKeyId, AWS_SECRET_ACCESS_KEY: ana.secretAccessKey };
    for (const [name, { args, status = 0 }] of Object.entries(commands)) {
      for (const more of [{}, env]) {
        const ended = await scene.run(args, more);
        expect([name, ended.status, ended.stderr]).toEqual([name, status, ended.stderr]);
        expect([name, canaries.foundIn(ended.stdout + ended.stderr)]).toEqual([name, []]);
        if (status < 2) expect([name, ended.stdout]).not.toEqual([name, ""]);
        // It stands right behind the token, which would be its context.
        if (name === "dumpconfig --dry-run") expect(ended.stdout).toContain(" @@\n+sso_session = my-sso\n");
      }
    }
    const files = [...(await filesOf(scene))].filter(([, text]) => canaries.foundIn(text).length > 0);
    expect(files.map(([path]) => path).toSorted()).toEqual(stored.map(([path]) => path).toSorted());
    expect(canaries.secrets().size).toBeGreaterThan(12);
  },
  { signInSettings: { autoApprove: true }, limit: 60_000 },
);

scenario(
  "the picker's pictures have no secret, drawn or as a list with numbers",
  async (scene) => {
    const canaries = await fullHome(scene);
    for (const TERM of ["xterm", "dumb"]) {
      await using terminal = openTerminal([executable, "getcallerid", "a"], { ...scene.env, TERM });
      await terminal.shows(TERM === "dumb" ? "nothing leaves" : "asking the portals");
      terminal.type(TERM === "dumb" ? "my-acct-2\n" : "\x15my-acct-2\r");
      expect(await terminal.exited).toBe(0);
      expect(terminal.text()).toContain("my-acct-2");
      expect(canaries.foundIn(terminal.text())).toEqual([]);
    }
  },
  { signInSettings: { autoApprove: true } },
);
