/** The runs that change files, each with what it finds before and what comes after it was killed. */
import { expect } from "bun:test";
import { mergeSections } from "../../../src/config/merge-profiles.ts";
import { ANA } from "../../end-to-end/support/identities.ts";
import type { Ended, Environment } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { config, role, sessionToken, startUrl, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import type { WorldPlan } from "../../stand-in/world/plan.ts";
import { configMode } from "./flaw.ts";
import { type Home, isTemporary } from "./home.ts";

export interface Killable {
  /** Words of the run that is killed. */
  readonly args: readonly string[];
  /** Words of the run after it, which must succeed at once; default: the same. */
  readonly next?: readonly string[];
  readonly env?: Environment;
  /** What becomes of a refresh token that is used; default: it stays good. */
  readonly refreshTokens?: "rotated";
  /** Default: the sample world. */
  readonly world?: WorldPlan;
  /** Once for each home; the first run comes after it. */
  prepare(home: Home, scene: Scene): Promise<void>;
  /** Before each run that is killed; `round` counts them from 0. */
  arrange?(home: Home, round: number, scene: Scene): Promise<void>;
  /** What the run after a killed one must have brought about. */
  check(ended: Ended, home: Home): Promise<void>;
}

export const helper = ["dumpcreds", "--credential-helper"];
const ofRole = [...helper, "--use-cache", "--assume-roles", SAMPLE_ROLES.jump];
const ofPortal = [...helper, "--use-cache", "--start-url", startUrl, ...role];
const importing = ["importcache", "--accesstoken-cache", "token.json"];
export const configFile = ".aws/config";

/** Many sections with comments and settings that the program does not know. */
export const userConfig = `# mine\n${Array.from(
  { length: 120 },
  (_, number) => `
[profile user-${number}] ; not to be touched
  region=eu-west-${(number % 3) + 1}   # as I like it
s3 =
    max_concurrent_requests = ${number}
unknown_setting = ${"x".repeat(number)}
`,
).join("")}`;

export async function answers({ status, stdout, stderr }: Ended): Promise<void> {
  expect([status, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toHaveProperty("SessionToken");
}

export async function succeeds({ status, stdout, stderr }: Ended): Promise<void> {
  expect([status, stdout, stderr]).toEqual([
    0,
    "",
    expect.stringMatching(/^((?:aws-login: (?!error|warning)| {4})[^\n]+\n)+$/),
  ]);
}

/** Every third time there is nothing yet of what the program keeps. */
export async function fromNothing(home: Home, round: number): Promise<void> {
  if (round % 3 === 0) await home.remove(".aws-login");
}

export const killables: Readonly<Record<string, Killable>> = {
  "credentials that are renewed": {
    args: [...ofRole, "--refresh=on"],
    next: ofRole,
    env: ANA,
    prepare: async () => {},
    arrange: fromNothing,
    check: answers,
  },
  "a token of the AWS CLI's that is renewed": {
    args: [...helper, "--profile", "s", "--refresh=on"],
    next: [...helper, "--profile", "s"],
    prepare: async (home, { standIn }) => {
      await home.write(configFile, config, configMode);
      await home.write(sessionToken.replace(/^home\//, ""), tokenFile(standIn.signIn(), 3600));
    },
    check: answers,
  },
  "a token whose refresh token is spent by its first use": {
    args: [...helper, "--profile", "s", "--refresh=on"],
    refreshTokens: "rotated",
    prepare: (home) => home.write(configFile, config, configMode),
    arrange: (home, _round, { standIn }) =>
      home.write(sessionToken.replace(/^home\//, ""), tokenFile(standIn.signIn(), 3600)),
    // Where the answer was on its way when the blow fell, the sign-in is lost, and only a person can repeat it.
    check: async (ended) => {
      if (ended.status === 0) return answers(ended);
      // The error of any other status is part of what a failure shows.
      const wrong = ended.status === 4 ? "" : ended.stderr;
      expect([ended.status, ended.stdout, wrong]).toEqual([4, "", ""]);
      expect(ended.stderr).toContain("aws-login: hint: sign in with: aws-login login --profile s\n");
    },
  },
  "a token of the own cache that is renewed": {
    args: [...ofPortal, "--refresh=on"],
    next: ofPortal,
    prepare: async (home) => succeeds(await home.run(importing, {})),
    check: answers,
  },
  "a sign-in to a start URL": {
    args: ["login", "--start-url", startUrl, "--no-browser"],
    prepare: async () => {},
    arrange: fromNothing,
    check: succeeds,
  },
  "a sign-in to a session of the AWS CLI's": {
    args: ["login", "--sso-session", "my-sso", "--no-browser"],
    prepare: (home) => home.write(configFile, config, configMode),
    arrange: async (home, round) => {
      if (round % 3 === 0) await home.remove(".aws/sso");
    },
    check: succeeds,
  },
  "profiles that are merged into the config file": {
    args: ["dumpconfig", "--write", "--accesstoken-cache", "token.json"],
    prepare: (home) => home.write(configFile, userConfig, configMode),
    arrange: (home) => home.write(configFile, userConfig, configMode),
    check: async (ended, home) => {
      await succeeds(ended);
      const files = home.files();
      const { text = "" } = files.get(configFile) ?? {};
      expect(text).toStartWith(userConfig);
      expect(mergeSections(text, "config", []).text).toBe(text);
      const copies = [...files].filter(([name]) => name.endsWith(".bak"));
      // Another copy is made where the folder cannot be listed.
      expect([...new Set(copies.map(([, copy]) => copy.text))]).toEqual([userConfig]);
    },
  },
  "a token that is imported": {
    args: importing,
    prepare: async () => {},
    arrange: fromNothing,
    check: succeeds,
  },
  "a sign-out": {
    args: ["logout"],
    // A sign-in of its own: the portal ends it for every other holder of the token.
    prepare: async (home, scene) => {
      const file = `${crypto.randomUUID()}.json`;
      await scene.write(`work/${file}`, tokenFile(scene.standIn.signIn(), 3600));
      await succeeds(await home.run(["importcache", "--accesstoken-cache", file], {}));
      await answers(await home.run(ofPortal, {}));
      saved.set(home, home.files());
    },
    arrange: async (home) => home.restore(saved.get(home) ?? new Map()),
    check: async (ended, home) => {
      await succeeds(ended);
      const left = [...home.files().keys()].filter((name) => !isTemporary(name));
      expect(left.filter((name) => !name.includes("/locks/"))).toEqual([".aws-login/portals.json"]);
    },
  },
};

const saved = new WeakMap<Home, ReturnType<Home["files"]>>();
