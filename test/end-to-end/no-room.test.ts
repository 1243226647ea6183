import { expect, test } from "bun:test";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { answeredKey, entryFiles } from "./support/cached-credentials.ts";
import { type Confinement, canBeStranger, confinements, unexpected, withoutTmp } from "./support/confined.ts";
import { executable } from "./support/executable.ts";
import { ANA } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

const helper = "dumpcreds --credential-helper";
const ofRole = `${helper} --use-cache --assume-roles ${SAMPLE_ROLES.jump}`;
const login = `login --start-url ${startUrl} --no-browser`;
const importing = "importcache --accesstoken-cache token.json";
const options = { only: "linux", signInSettings: { autoApprove: true, interval: 0.05 } } as const;

/** A scenario of a place that not every machine has. */
function scenarioIf(isPossible: boolean, name: string, play: (scene: Scene) => Promise<void>): void {
  if (isPossible) scenario(name, play, options);
  else test.skip(`${name} (this machine allows no namespaces)`, () => {});
}

/** What a command comes to where nothing can be written; `refusal` is what the system says there. */
interface Outcome {
  readonly command: string;
  readonly status: 0 | 1;
  /** The whole of stderr. */
  readonly says: (refusal: string) => string;
  /** The names of files below the home that may be gone afterwards. */
  readonly mayRemove?: RegExp;
}
const ownHint = "aws-login: hint: see that there is room [^\n]* AWS_LOGIN_HOME [^\n]*";
const outcomes: Record<string, Outcome> = {
  "credentials are printed and not cached": {
    command: ofRole,
    status: 0,
    says: (refusal) =>
      `aws-login: warning: the credentials are not cached: cannot write \\S+/\\.aws-login/credentials/\\S+: ${refusal}`,
  },
  "no refresh token is spent whose successor could not be stored": {
    command: `${helper} --profile s`,
    status: 1,
    says: (refusal) =>
      `aws-login: error: cannot renew the sign-in to ${startUrl}: the new token could not be stored: cannot write \\S+/\\.aws/sso/cache/0ad\\S+\\.json: ${refusal}\naws-login: hint: see that there is room [^\n]*`,
  },
  "login to a start URL fails before the sign-in": {
    command: login,
    status: 1,
    says: (refusal) =>
      `aws-login: error: cannot sign in to ${startUrl}: cannot write \\S+/clients/\\S+: ${refusal}\n${ownHint}`,
  },
  "login to a session of the AWS CLI fails before the sign-in": {
    command: "login --sso-session my-sso --no-browser",
    status: 1,
    says: (refusal) =>
      `aws-login: error: cannot sign in to ${startUrl}: cannot write \\S+/sso/cache/\\S+: ${refusal}\naws-login: hint: see that there is room [^\n]*`,
  },
  "no token is imported": {
    command: importing,
    status: 1,
    says: (refusal) => `aws-login: error: cannot write \\S+/tokens/\\S+\\.json: ${refusal}\n${ownHint}`,
  },
  "no profile is written": {
    command: "dumpconfig --write --accesstoken-cache token.json",
    status: 1,
    says: (refusal) =>
      `aws-login: error: cannot write \\S+/\\.aws/config: ${refusal}\naws-login: hint: print the profiles instead: dumpconfig without --write`,
  },
  "a sign-out removes what it can": {
    command: "logout",
    status: 1,
    says: (refusal) =>
      `aws-login: error: cannot (write \\S+/portals|remove \\S+/tokens/\\S+)\\.json: ${refusal}\naws-login: hint: see that [^\n]*`,
    mayRemove: /^\.aws-login\/tokens\//,
  },
};

/** The files below a folder with their texts, but for locks: these are empty, and may come and stay. */
async function texts(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (!entry.isFile() || name === "ballast") continue;
    const text = await readFile(path, "utf8");
    if (!name.includes("/locks/") || text !== "") found.set(name, text);
  }
  return found;
}

async function arrange(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  expect((await scene.run(["importcache", "--accesstoken-cache", "token.json"])).status).toBe(0);
}

async function playIn(place: Confinement, outcome: Outcome, scene: Scene): Promise<void> {
  await arrange(scene);
  const before = await texts(scene.home);
  const { status, stdout, stderr } = await scene.bash(place.around(`aws-login ${outcome.command}`), ANA);
  expect(stderr).toMatch(new RegExp(`^${outcome.says(place.refusal)}\\n$`));
  expect(status).toBe(outcome.status);
  if (status === 0) expect(JSON.parse(stdout)).toHaveProperty("SessionToken");
  else expect(stdout).toBe("");
  const spending = operations(scene).filter((operation) => /^(StartDevice|CreateToken)/.test(operation));
  expect(spending).toEqual([]);

  const after = await texts(join(scene.root, "after"));
  for (const name of before.keys()) if (!after.has(name)) expect(name).toMatch(outcome.mayRemove ?? /^$/);
  for (const [name, text] of after)
    expect([name, text]).toEqual([name, before.get(name) ?? "not there before"]);
}

for (const [name, place] of Object.entries(confinements)) {
  for (const [sentence, outcome] of Object.entries(outcomes)) {
    scenarioIf(place.isPossible, `${name}, ${sentence}`, (scene) => playIn(place, outcome, scene));
  }
}

/** Commands of a user who has no home: HOME is not set, and the system has no entry for the user. */
const homeless: Record<string, { command: string; status: number; stdout: RegExp; stderr: string }> = {
  "getcallerid says who one is": { command: "getcallerid", status: 0, stdout: /"Arn"/, stderr: "" },
  "credentials are printed and not cached": {
    command: ofRole,
    status: 0,
    stdout: /"SessionToken"/,
    stderr: "aws-login: warning: the credentials are not cached: no home directory is known\n",
  },
  "profiles are printed": {
    command: "dumpconfig --accesstoken-cache token.json",
    status: 0,
    stdout: /^\[profile /m,
    stderr: "",
  },
  "no profile is written": {
    command: "dumpconfig --write --accesstoken-cache token.json",
    status: 1,
    stdout: /^$/,
    stderr:
      "aws-login: error: cannot write the config file: no home directory is known\naws-login: hint: set HOME, or name the file in AWS_CONFIG_FILE\n",
  },
  "login fails before the sign-in": {
    command: login,
    status: 1,
    stdout: /^$/,
    stderr:
      "aws-login: error: cannot use a stored sign-in: no home directory is known\naws-login: hint: set HOME, or AWS_LOGIN_HOME\n",
  },
  "no token is imported": {
    command: importing,
    status: 1,
    stdout: /^$/,
    stderr:
      "aws-login: error: cannot import token.json: no home directory is known\naws-login: hint: set HOME, or AWS_LOGIN_HOME\n",
  },
  "there is nothing to sign out of": {
    command: "logout",
    status: 0,
    stdout: /^$/,
    stderr:
      "aws-login: no sign-in in the program's own cache; to end a profile's: aws-login logout --profile NAME\n",
  },
};
for (const [what, { command, status, stdout, stderr }] of Object.entries(homeless)) {
  for (const HOME of [undefined, ""]) {
    const how = HOME === undefined ? "is not set" : "is empty";
    scenarioIf(
      canBeStranger,
      `where HOME ${how} and the system has no entry for the user, ${what}`,
      async (scene) => {
        await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
        const ended = await scene.bash(`${unexpected} aws-login ${command}`, { ...ANA, HOME });
        expect(ended).toEqual({ status, stdout: expect.stringMatching(stdout), stderr });
        expect(await readdir(scene.work)).toEqual(["token.json"]);
      },
    );
  }
}

/** What stands where the home, or the program's own folder, is looked for. */
const obstacles: Record<string, { env: Record<string, string>; why: string }> = {
  "HOME is a file": {
    env: { HOME: "file" },
    why: "file/\\.aws-login: there is a file where a folder must be",
  },
  "AWS_LOGIN_HOME is a file": {
    env: { AWS_LOGIN_HOME: "$PWD/file" },
    why: "/[^ ]*/file: there is a file where a folder must be",
  },
  "AWS_LOGIN_HOME is a link to nowhere": {
    env: { AWS_LOGIN_HOME: "$PWD/link" },
    why: "/[^ ]*/link: it is a symbolic link",
  },
};
for (const [what, { env, why }] of Object.entries(obstacles)) {
  scenario(
    `where ${what}, credentials are printed without a sign-in`,
    async (scene) => {
      await scene.write("work/file", "a file\n");
      await symlink("nowhere", join(scene.work, "link"));
      const optional = await scene.bash(`aws-login ${ofRole}`, { ...ANA, ...env });
      expect(optional.status).toBe(0);
      const unusable = `cannot use the folder ${why}`;
      expect(optional.stderr).toMatch(
        new RegExp(`^aws-login: warning: the credentials are not cached: ${unusable}\n$`),
      );
      for (const command of [login, "logout"]) {
        const ended = await scene.bash(`aws-login ${command}`, env);
        expect([ended.status, ended.stdout]).toEqual([1, ""]);
        expect(ended.stderr).toMatch(
          new RegExp(`^aws-login: error: ${unusable}\naws-login: hint: [^\n]*AWS_LOGIN_HOME[^\n]*\n$`),
        );
      }
      expect(operations(scene)).toEqual([]);
      expect(await Bun.file(join(scene.work, "file")).text()).toBe("a file\n");
      expect((await readdir(scene.work)).sort()).toEqual(["file", "link"]);
    },
    options,
  );
}

scenario(
  "a relative HOME is below the working directory, and one directory's cache is not served in another",
  async (scene) => {
    await mkdir(join(scene.work, "other"));
    const env = { ...ANA, HOME: "here" };
    const first = answeredKey(await scene.bash(`aws-login ${ofRole}`, env));
    expect(answeredKey(await scene.bash(`aws-login ${ofRole}`, env))).toBe(first);
    expect(answeredKey(await scene.bash(`cd other && aws-login ${ofRole}`, env))).not.toBe(first);
    expect(await readdir(join(scene.work, "here"))).toEqual([".aws-login"]);
  },
  options,
);

scenario(
  "in a deleted working directory the program prints one error line and ends with status 1",
  async (scene) => {
    const ended = await scene.bash(`mkdir gone; cd gone; rmdir ../gone; aws-login ${ofRole}`, ANA);
    // The runtime's own words: it has ended before the program begins.
    expect(ended).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(/^error: [^\n]+\n$/) });
  },
  options,
);

scenarioIf(withoutTmp.isPossible, "without a /tmp to write to, everything works", async (scene) => {
  // The executable may lie below /tmp itself.
  await scene.bash(`cp ${executable} ../program`);
  const line = withoutTmp.around(`../program ${ofRole} && ls -A /tmp`);
  const { status, stdout, stderr } = await scene.bash(line, { ...ANA, AWS_CA_BUNDLE: "/mnt/ca.pem" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([expect.stringContaining("SessionToken"), ""]);
  expect(await entryFiles(scene)).toHaveLength(1);
});

scenario(
  "twenty open files are enough",
  async (scene) => {
    await arrange(scene);
    for (const command of [
      ofRole,
      `${helper} --profile s`,
      login,
      "dumpconfig --write --use-cache",
      "logout",
    ]) {
      const { status, stderr } = await scene.bash(`ulimit -n 20; aws-login ${command}`, ANA);
      expect([status, stderr]).toEqual([0, expect.not.stringMatching(/error|warning/)]);
    }
  },
  options,
);

scenario(
  "a command works with stdin closed, and finds no token there",
  async (scene) => {
    answeredKey(await scene.bash(`aws-login ${ofRole} <&-`, ANA));
    const optional = await scene.bash(
      "aws-login getcallerid --sso-access-token - --sso-acct-id 012345678901 --sso-role-name R <&-",
    );
    expect([optional.status, optional.stdout]).toEqual([1, ""]);
    expect(optional.stderr).toStartWith(
      "aws-login: error: cannot use --sso-access-token -: there is no token",
    );
  },
  options,
);
