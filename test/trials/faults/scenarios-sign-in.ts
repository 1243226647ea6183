/** Courses through Identity Center, and with what `aws login` left behind. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { fakeBrowser } from "../../end-to-end/support/browser.ts";
import type { Scene, SceneOptions } from "../../end-to-end/support/scene.ts";
import { config, role, sessionToken, startUrl, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { ask } from "./asked.ts";
import { isCaller, isHelperAnswer, isNothing, loginToken, type Scenario, worldWith } from "./scenario.ts";

const helper = ["dumpcreds", "--credential-helper"];
const neverAsks = ["--sign-in", "never"];
const hour = 3600;

/** One that lives no longer than a clock may be off. */
const roleOfAnHour = ["--sso-acct-id", "111111111111", "--sso-role-name", "AdministratorAccess"];

/** A profile with a session whose token ends in so many seconds. */
async function sessionWith(scene: Scene, seconds: number): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), seconds));
}

/** The same in the program's own cache. */
async function imported(scene: Scene): Promise<void> {
  const file = await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), hour));
  await scene.run(["importcache", "--accesstoken-cache", file]);
}

/** Polls follow each other fast, and every sign-in is approved at once. */
const letIn: SceneOptions = { signInSettings: { autoApprove: true, interval: 0.01 } };

const user = "arn:aws:iam::111111111111:user/ana";
const clientId = "arn:aws:signin:::devtools/same-device";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x = "", y = "" } = publicKey.export({ format: "jwk" });

/** What `aws login` left, with keys that have ended. */
async function awsLogin(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", `[profile dev]\nlogin_session = ${user}\nregion = us-east-1\n`);
  const accessToken = {
    accessKeyId: "ASIAOLD",
    secretAccessKey: "made-up-old-secret-of-aws-login",
    sessionToken: "made-up-old-session-of-aws-login",
    accountId: "111111111111",
    expiresAt: new Date(Date.now() - 60_000).toISOString().replace(/\.\d+/, ""),
  };
  const dpopKey = privateKey.export({ type: "sec1", format: "pem" });
  const name = createHash("sha256").update(user).digest("hex");
  const text = JSON.stringify({ accessToken, clientId, refreshToken: loginToken, dpopKey });
  await scene.write(`home/.aws/login/cache/${name}.json`, text);
}

const isConfig = (stdout: string) =>
  /^# This is your Identity Center portal entry/.test(stdout) &&
  stdout.includes("[profile my-acct-2-ReadOnlyAccess]") &&
  stdout.endsWith("\n");

export const signInScenarios: readonly Scenario[] = [
  {
    name: "getcallerid with a stored sign-in",
    asks: [ask.ssoRole, ask.caller],
    prepare: async (scene) => {
      await sessionWith(scene, hour);
      return { args: ["getcallerid", "--profile", "s", ...neverAsks] };
    },
    isWhole: isCaller,
    token: "renewed once",
  },
  {
    name: "dumpcreds with a sign-in that has to be renewed",
    asks: [ask.refresh, ask.ssoRole],
    prepare: async (scene) => {
      await sessionWith(scene, -60);
      return { args: [...helper, "--profile", "s"] };
    },
    isWhole: isHelperAnswer,
    token: "not renewed",
  },
  {
    name: "dumpcreds with a sign-in that may be renewed",
    asks: [ask.earlyRefresh, ask.ssoRole],
    prepare: async (scene) => {
      await sessionWith(scene, 240);
      return { args: [...helper, "--profile", "s"] };
    },
    isWhole: isHelperAnswer,
    token: "not renewed",
  },
  {
    name: "dumpcreds with a sign-in of its own cache, credentials cached",
    asks: [ask.ssoRole],
    prepare: async (scene) => {
      await imported(scene);
      return { args: [...helper, "--use-cache", ...role] };
    },
    isWhole: isHelperAnswer,
    token: "renewed once",
  },
  {
    name: "dumpcreds with a token file that has to be renewed",
    asks: [ask.refresh, ask.ssoRole],
    prepare: async (scene) => {
      const file = await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), -60));
      return { args: [...helper, "--accesstoken-cache", file, ...role] };
    },
    isWhole: isHelperAnswer,
    token: "not renewed",
    again: false,
    warns: true,
  },
  {
    name: "dumpcreds of an hour with an access token",
    asks: [ask.ssoRole],
    prepare: async ({ standIn }) => ({
      args: [...helper, "--sso-access-token", standIn.signIn().accessToken, ...roleOfAnHour],
    }),
    isWhole: isHelperAnswer,
    token: "not renewed",
  },
  {
    name: "getcallerid that signs in with a code for devices",
    asks: [ask.client, ask.deviceCode, ask.devicePoll, ask.ssoRole, ask.caller],
    options: letIn,
    prepare: async () => ({ args: ["getcallerid", "--start-url", startUrl, ...role, "--no-browser"] }),
    isWhole: isCaller,
    token: "of this sign-in",
    signsIn: true,
  },
  {
    name: "login with a code for devices",
    asks: [ask.client, ask.deviceCode, ask.devicePoll],
    options: letIn,
    prepare: async () => ({ args: ["login", "--start-url", startUrl, "--no-browser"] }),
    isWhole: isNothing,
    signsIn: true,
  },
  {
    name: "login with a browser",
    asks: [ask.client, ask.authorizationCode],
    options: letIn,
    prepare: async (scene) => {
      await scene.write("home/.aws/config", config);
      const { command } = await fakeBrowser(scene);
      return { args: ["login", "--profile", "s"], env: { BROWSER: command } };
    },
    isWhole: isNothing,
    signsIn: true,
  },
  {
    name: "logout",
    asks: [ask.logout],
    prepare: async (scene) => {
      await imported(scene);
      return { args: ["logout"] };
    },
    isWhole: isNothing,
    signsOut: true,
  },
  {
    name: "dumpconfig",
    asks: [ask.accounts, ask.rolesOfAccount],
    atOnce: true,
    prepare: async (scene) => {
      await sessionWith(scene, hour);
      return { args: ["dumpconfig", "--sso-session", "my-sso", ...neverAsks] };
    },
    isWhole: isConfig,
    token: "renewed once",
  },
  {
    name: "dumpconfig --write",
    asks: [ask.accounts, ask.moreAccounts, ask.rolesOfAccount],
    atOnce: true,
    options: { signInSettings: { pageSize: 3 } },
    prepare: async (scene) => {
      await sessionWith(scene, hour);
      return { args: ["dumpconfig", "--write", "--sso-session", "my-sso", ...neverAsks] };
    },
    isWhole: isNothing,
    token: "renewed once",
    writesConfig: true,
  },
  {
    name: "login with console credentials",
    asks: [ask.loginCode],
    prepare: async (scene) => {
      const { command } = await fakeBrowser(scene);
      return { args: ["login", "--profile", "dev", "--region", "us-east-1"], env: { BROWSER: command } };
    },
    isWhole: isNothing,
    signsIn: true,
    writesConfig: true,
  },
  {
    name: "getcallerid with what aws login left",
    asks: [ask.loginRenewal, ask.caller],
    options: worldWith({ logins: [{ user, clientId, refreshToken: loginToken, key: { x, y } }] }),
    prepare: async (scene) => {
      await awsLogin(scene);
      return { args: ["getcallerid", "--profile", "dev"] };
    },
    isWhole: isCaller,
  },
];
