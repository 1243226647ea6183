import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, openToOthers, operations, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";
import { stderrText } from "./support/stderr-text.ts";

async function signedIn(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
}

const answer = (account: string, role: string) =>
  expect.stringContaining(`${account}:assumed-role/AWSReservedSSO_${role}_`);

scenario(
  "words choose a role of the portal, or the profile that names it, in any environment",
  async (scene) => {
    await signedIn(scene);
    const env = { AWS_PROFILE: "nowhere", AWS_ACCESS_KEY_ID: "AKIAMADEUP", AWS_SECRET_ACCESS_KEY: "made-up" };
    const role = await scene.run(["getcallerid", "my-acct-1", "admin"], env);
    expect([role.status, role.stdout, role.stderr]).toEqual([
      0,
      answer("111111111111", "AdministratorAccess"),
      "",
    ]);
    expect((await scene.run(["getcallerid", "111111111111/ReadOnlyAccess"], env)).stdout).toEqual(
      answer("111111111111", "ReadOnlyAccess"),
    );
    const run = await scene.run(["runas", "power", "777", "--", "aws-login", "getcallerid"], env);
    expect(run.stdout).toEqual(answer("777777777777", "PowerUserAccess"));
    // The accounts were listed once: later runs used the cached listing.
    expect(operations(scene).filter((name) => name.startsWith("ListAccounts "))).toHaveLength(1);
    expect((await openToOthers(scene)).filter((path) => path.startsWith(".aws-login"))).toEqual([]);
  },
);

scenario(
  "an account alone is completed by the only role there; of several the first ten are named",
  async (scene) => {
    await signedIn(scene);
    const session = ["--sso-session", "my-sso"];
    const only = await scene.run(["getcallerid", ...session, "--sso-acct-id", "222222222222"]);
    expect(only.stdout).toEqual(answer("222222222222", "ReadOnlyAccess"));
    const several = await scene.run(["getcallerid", ...session, "--sso-acct-id", "333333333333"]);
    expect(several).toEqual({
      status: 2,
      stdout: "",
      stderr: stderrText({
        error:
          "cannot choose an identity for --sso-acct-id 333333333333: 2 match, and there is no terminal to choose on",
        notes: [
          `Shared Services/AdministratorAccess (333333333333, ${startUrl})`,
          `Shared Services/ReadOnlyAccess (333333333333, ${startUrl})`,
        ],
        hints: ["add a word, or name one exactly: a profile, or ACCOUNT/ROLE"],
      }),
    });
  },
);

scenario(
  "words without a match end with status 3 and the nearest names, after one new listing of the portal",
  async (scene) => {
    await signedIn(scene);
    await scene.run(["list"]);
    const ended = await scene.run(["console", "my-acct-2", "nowhere"]);
    expect([ended.status, ended.stdout]).toEqual([3, ""]);
    expect(ended.stderr).toBe(
      stderrText({
        error: 'cannot find an identity for "my-acct-2 nowhere": no profile, account or role matches',
        hints: ["did you mean my-acct-2/ReadOnlyAccess?"],
      }),
    );
    expect(operations(scene).filter((name) => name.startsWith("ListAccounts "))).toHaveLength(2);
  },
);

scenario(
  "a portal without a sign-in is signed in to first, and its token gets the credentials",
  async (scene) => {
    const words = ["getcallerid", "my-acct-1", "admin", "--start-url", startUrl, "--use-device-code"];
    const ended = await scene.run(words);
    expect([ended.status, ended.stdout]).toEqual([0, answer("111111111111", "AdministratorAccess")]);
    expect(operations(scene).filter((name) => name.startsWith("StartDeviceAuthorization "))).toHaveLength(1);
    // The next run needs no sign-in, and no option.
    const again = await scene.run(["getcallerid", "my-acct-2", "read"]);
    expect([again.status, again.stdout, again.stderr]).toEqual([
      0,
      answer("222222222222", "ReadOnlyAccess"),
      "",
    ]);
    expect(operations(scene).filter((name) => name.startsWith("StartDeviceAuthorization "))).toHaveLength(1);
  },
  { signInSettings: { autoApprove: true } },
);

scenario(
  "of several portals without a sign-in a person at a terminal chooses the one to sign in to",
  async (scene) => {
    const spare =
      "\n[sso-session spare]\nsso_start_url = https://d-0987654321.awsapps.com/start\nsso_region = us-east-1\n";
    await scene.write("home/.aws/config", config + spare);
    const words = ["getcallerid", "my-acct-1", "admin", "--use-device-code", "--no-browser"];
    const ended = await scene.run(words);
    expect([ended.status, ended.stdout]).toEqual([4, ""]);
    expect(ended.stderr).toBe(
      stderrText({
        error:
          'cannot find an identity for "my-acct-1 admin": no profile matches, and no portal is signed in to',
        hints: [
          `to search ${startUrl}: aws-login login --sso-session my-sso`,
          "to search https://d-0987654321.awsapps.com/start: aws-login login --sso-session spare",
        ],
      }),
    );
    await using terminal = openTerminal([executable, ...words], { ...scene.env, TERM: "xterm" });
    await terminal.shows("2 of 2");
    terminal.type("\r");
    expect(await terminal.exited).toBe(0);
    expect(terminal.text()).toContain(
      "aws-login: to sign in there without asking: aws-login login --sso-session my-sso\r\n",
    );
    expect(terminal.text()).toContain("111111111111:assumed-role/AWSReservedSSO_AdministratorAccess_");
  },
  { signInSettings: { autoApprove: true } },
);

scenario("credential_process gets an identity of words without a question", async (scene) => {
  await signedIn(scene);
  const helper = ["dumpcreds", "--credential-helper", "--use-cache"];
  const first = await scene.run([...helper, "my-acct-1/AdministratorAccess"]);
  const other = await scene.run([...helper, "my-acct-2/ReadOnlyAccess"]);
  expect([JSON.parse(first.stdout).AccountId, JSON.parse(other.stdout).AccountId]).toEqual([
    "111111111111",
    "222222222222",
  ]);
  expect(await scene.run([...helper, "my-acct-1/AdministratorAccess"])).toEqual(first);
  const several = await scene.run([...helper, "my-acct"]);
  expect([several.status, several.stdout]).toEqual([2, ""]);
  expect(several.stderr).toContain("4 match, and --credential-helper asks nothing");
});

scenario("list prints the identities, and logout takes the cached listing away", async (scene) => {
  await signedIn(scene);
  const table = await scene.run(["list", "read", "my-acct"]);
  expect(table.stdout).toBe(
    "ACCOUNT    ID            ROLE\nmy-acct-1  111111111111  ReadOnlyAccess\nmy-acct-2  222222222222  ReadOnlyAccess\n",
  );
  const records = JSON.parse((await scene.run(["list", "--format", "json", "Lake"])).stdout);
  expect(records.map(({ profile, roleName }: Record<string, unknown>) => [profile, roleName])).toEqual([
    [null, "Analyst+Ops_1,2"],
    ["old", "ReadOnlyAccess"],
    ["s", "ReadOnlyAccess"],
  ]);
  const sessions = await scene.run(["list", "--sessions", "--format", "tsv"]);
  expect(sessions.stdout).toMatch(/^sign-in\t--sso-session my-sso\t\S+Z\ttrue\n$/);
  const listings = () => readdir(join(scene.home, ".aws-login/listings"));
  expect(await listings()).toHaveLength(1);
  expect((await scene.run(["logout", "--sso-session", "my-sso"])).status).toBe(0);
  expect(await listings()).toEqual([]);
});

scenario("runas with words and no -- says how a program is run", async (scene) => {
  const ended = await scene.run(["runas", "aws", "s3", "ls"]);
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain("hint: put -- before the program: aws-login runas -- PROGRAM ARGS\n");
});
