import { expect } from "bun:test";
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { fakeBrowser } from "./support/browser.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config as portals } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

/** `login` with console credentials, as `aws login` signs in. */

const ANA = "arn:aws:iam::111111111111:user/ana";
const cache = `home/.aws/login/cache/${createHash("sha256").update(ANA).digest("hex")}.json`;
const tokenCalls = ({ standIn }: Scene) => standIn.requests.filter(({ path }) => path === "/v1/token");

scenario(
  "login without a portal signs in with console credentials, which every command then uses",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    const config = await scene.write("home/.aws/config", "# mine\n[profile dev]\noutput = json\n");
    const ended = await scene.run(["login", "--profile", "dev", "--region", "eu-west-1"], {
      BROWSER: browser.command,
    });
    expect([ended.status, ended.stdout]).toEqual([0, ""]);
    expect(ended.stderr).toMatch(
      /^aws-login: opening a browser at eu-west-1\.signin\.aws\.amazon\.com to sign in to AWS with console credentials; [^\n]*\naws-login: signed in as arn:aws:iam::111111111111:user\/ana in profile dev; [^\n]*\n$/,
    );
    await browser.shows("You are signed in");
    expect(await Bun.file(config).text()).toBe(
      `# mine\n[profile dev]\noutput = json\nlogin_session = ${ANA}\nregion = eu-west-1\n`,
    );
    const path = `${scene.root}/${cache}`;
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const stored = JSON.parse(await Bun.file(path).text());
    expect(Object.keys(stored)).toEqual([
      ...["accessToken", "tokenType", "clientId", "refreshToken", "idToken", "dpopKey", "signInRegion"],
    ]);
    expect(stored.accessToken).toMatchObject({
      accountId: "111111111111",
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(stored.dpopKey).toMatch(
      /^-----BEGIN EC PRIVATE KEY-----\n(.{1,64}\n)+-----END EC PRIVATE KEY-----\n$/,
    );
    const secrets = [stored.refreshToken, stored.accessToken.secretAccessKey, stored.idToken];
    for (const secret of secrets) expect(ended.stderr + (await browser.exposed())).not.toContain(secret);

    const caller = await scene.run(["getcallerid", "--profile", "dev"]);
    expect(JSON.parse(caller.stdout).Arn).toBe(ANA);
    expect(tokenCalls(scene)).toHaveLength(1);
    // Keys that have ended are renewed with the key of the sign-in.
    const past = { ...stored, accessToken: { ...stored.accessToken, expiresAt: "2020-01-01T00:00:00Z" } };
    await Bun.write(path, JSON.stringify(past));
    expect((await scene.run(["getcallerid", "--profile", "dev"])).status).toBe(0);
    expect(tokenCalls(scene).map(({ status, host }) => [status, host])).toEqual([
      [200, "eu-west-1.signin.aws.amazon.com"],
      [200, "eu-west-1.signin.aws.amazon.com"],
    ]);

    const again = await scene.run(["login", "--profile", "dev"], { BROWSER: browser.command });
    expect(again.status).toBe(0);
    const logout = await scene.run(["logout", "--profile", "dev"]);
    expect(logout).toEqual({
      status: 0,
      stdout: "",
      stderr: `aws-login: signed out of profile dev (${ANA})\n`,
    });
    expect(await Bun.file(path).exists()).toBe(false);
    const after = await scene.run(["getcallerid", "--profile", "dev"]);
    expect([after.status, after.stdout]).toEqual([4, ""]);
    expect(after.stderr).toContain("hint: sign in with: aws-login login --profile dev\n");
  },
);

scenario("a bare login without any config makes the profile default", async (scene) => {
  const browser = await fakeBrowser(scene);
  expect((await scene.run(["login"], { BROWSER: browser.command })).status).toBe(0);
  expect(await Bun.file(`${scene.home}/.aws/config`).text()).toBe(
    `[profile default]\nlogin_session = ${ANA}\n`,
  );
  expect(JSON.parse((await scene.run(["getcallerid"])).stdout).Arn).toBe(ANA);
});

scenario("a login in a profile with another source is refused before a browser opens", async (scene) => {
  const browser = await fakeBrowser(scene);
  const path = await scene.write(
    "home/.aws/credentials",
    "[default]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n",
  );
  const ended = await scene.run(["login"], { BROWSER: browser.command });
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toContain(
    `cannot sign in to profile default with console credentials: it has aws_access_key_id (${path}:2)\n`,
  );
  expect(await browser.exposed()).toBe("");
  expect(scene.standIn.requests).toEqual([]);
});

scenario("login --remote takes the code of a browser elsewhere, pasted into the terminal", async (scene) => {
  await using terminal = openTerminal([executable, "login", "--profile", "dev", "--remote"], scene.env);
  const question = "Code (not shown), then Enter: ";
  await terminal.shows(question);
  const page = await until(async () => /^ {4}(https:\S+)\r?$/m.exec(terminal.text())?.[1]);
  expect(new URL(page).searchParams.get("client_id")).toBe("arn:aws:signin:::devtools/cross-device");
  const curl = `curl --silent --show-error --location --cacert ${scene.root}/ca.pem '${page}'`;
  const shown = (await scene.bash(curl)).stdout;
  const code = /Code: (\S+) \./.exec(shown)?.[1] ?? "";
  const [, state = ""] = /state=([^&]+)/.exec(Buffer.from(code, "base64").toString()) ?? [];
  const other = Buffer.from(`state=${state.replace(/^./, "z")}&code=x`).toString("base64");
  terminal.type(`${other}\r`);
  await terminal.shows("cannot use what was pasted: it is of another sign-in");
  await terminal.shows(question);
  terminal.type(`${code}\r`);
  expect(await terminal.exited).toBe(0);
  expect(terminal.echoes()).toBe(true);
  expect(terminal.text()).toContain(`signed in as ${ANA} in profile dev`);
  expect(terminal.text()).not.toContain(code);
  expect(JSON.parse((await scene.run(["getcallerid", "--profile", "dev"])).stdout).Arn).toBe(ANA);
});

scenario("login keeps to the portal where the config names one", async (scene) => {
  await scene.write("home/.aws/config", portals);
  const browser = await fakeBrowser(scene);
  for (const args of [["login"], ["login", "--profile", "s"]]) {
    const running = scene.start(args, { BROWSER: browser.command });
    await until(async () =>
      scene.standIn.requests.some(({ action }) => action === "RegisterClient") ? true : undefined,
    );
    running.kill("SIGINT");
    await running.ended;
    expect(scene.standIn.requests.some(({ path }) => path === "/v1/authorize")).toBe(false);
    scene.standIn.reset();
  }
});

const refusals: Record<string, readonly [args: string[], error: string]> = {
  "a device code": [
    ["--use-device-code"],
    "cannot use --use-device-code: console credentials have no device code",
  ],
  "the region of a portal": [
    ["--sso-region", "eu-west-1"],
    "cannot use --sso-region: no Identity Center portal is named",
  ],
};
for (const [name, [args, error]] of Object.entries(refusals)) {
  scenario(`login with console credentials refuses ${name}`, async (scene) => {
    const ended = await scene.run(["login", ...args]);
    expect([ended.status, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).toContain(error);
    expect(scene.standIn.requests).toEqual([]);
  });
}

scenario("login --sign-in never only checks the console credentials that are stored", async (scene) => {
  const ended = await scene.run(["login", "--sign-in", "never"]);
  expect([ended.status, ended.stdout]).toEqual([4, ""]);
  expect(ended.stderr).toContain("cannot use profile default: it has no login_session");
  const browser = await fakeBrowser(scene);
  await scene.run(["login"], { BROWSER: browser.command });
  const stored = await scene.run(["login", "--sign-in", "never"]);
  expect([stored.status, stored.stderr]).toEqual([0, `aws-login: signed in as ${ANA} in profile default\n`]);
});
