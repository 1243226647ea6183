import { expect, test } from "bun:test";
import { askAs, canBeOthers, NOBODY, unlessRoot } from "../system/files/other-user.ts";
import { fakeBrowser } from "./support/browser.ts";
import { watchSecrets } from "./support/canaries.ts";
import { type Scene, scenario } from "./support/scene.ts";
import {
  config,
  openToOthers,
  operations,
  role,
  sessionToken,
  startUrl,
  tokenFile,
} from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

const autoApprove = { signInSettings: { autoApprove: true } };
const stateless = ["getcallerid", "--start-url", startUrl, ...role];
const arn =
  /"Arn": "arn:aws:sts::012345678901:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ima\.user@my\.org"/;

/** Approves or denies the next device code, after the program has polled for it at least once. */
async function decide(scene: Scene, decision: "approveDevice" | "denyDevice"): Promise<string> {
  const code = await until(async () =>
    operations(scene).includes("CreateToken 400") ? scene.standIn.pendingDevices()[0] : undefined,
  );
  scene.standIn[decision](code);
  return code;
}

scenario(
  "the browser of BROWSER signs in and gets a page, and nothing is stored",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    const canaries = watchSecrets(scene.standIn);
    const ended = await scene.run(stateless, { BROWSER: browser.command });
    expect(ended.stdout).toMatch(arn);
    expect(ended.status).toBe(0);
    expect(ended.stderr).toMatch(
      /^aws-login: opening a browser at oidc\.us-east-1\.amazonaws\.com [^\n]*\n$/,
    );
    await browser.shows("You are signed in");
    expect(operations(scene).slice(0, 1)).toEqual(["RegisterClient 200"]);
    expect(await Array.fromAsync(new Bun.Glob("**/*").scan({ cwd: scene.home, dot: true }))).toEqual([]);
    expect(canaries.foundIn(`${ended.stderr}${await browser.exposed()}`)).toEqual([]);
  },
  autoApprove,
);

scenario(
  "the browser's code, which works once, goes over no connection that the service may have closed meanwhile",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    scene.standIn.fault({
      match: { service: "oidc", action: "CreateToken" },
      effect: { kind: "cut", where: "before-service" },
      reused: true,
    });
    const ended = await scene.run(stateless, { BROWSER: browser.command });
    expect(ended.stderr).toMatch(/^aws-login: opening a browser at [^\n]*\n$/);
    expect(ended.stdout).toMatch(arn);
    expect(ended.status).toBe(0);
  },
  autoApprove,
);

scenario("a code is shown, approved on another machine, and waited for", async (scene) => {
  const running = scene.start([...stateless, "--no-browser"]);
  const code = await decide(scene, "approveDevice");
  const ended = await running.ended;
  expect(ended.stdout).toMatch(arn);
  expect(ended.stderr.split("\n")).toEqual([
    `aws-login: to sign in to ${startUrl}, open this page in any browser:`,
    expect.stringMatching(/^ {4}https:\S+$/),
    "aws-login: check that the page shows this code:",
    `    ${code}`,
    "aws-login: waiting for the approval, up to 10 minutes",
    "",
  ]);
});

scenario("a code that is refused ends the command", async (scene) => {
  const running = scene.start([...stateless, "--use-device-code", "--no-browser"]);
  await decide(scene, "denyDevice");
  const { status, stdout, stderr } = await running.ended;
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(
    `aws-login: error: cannot sign in to ${startUrl}: the request was refused in the browser\n`,
  );
});

scenario(
  "over SSH a code is used by itself, unless BROWSER says that there is a browser",
  async (scene) => {
    const ssh = { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" };
    expect((await scene.run(stateless, ssh)).stdout).toMatch(arn);
    expect(operations(scene)).toContain("StartDeviceAuthorization 200");
    scene.standIn.reset();
    scene.standIn.signInSettings.autoApprove = true;
    const browser = await fakeBrowser(scene);
    expect((await scene.run(stateless, { ...ssh, BROWSER: browser.command })).stdout).toMatch(arn);
    expect(operations(scene)).not.toContain("StartDeviceAuthorization 200");
  },
  autoApprove,
);

scenario(
  "a shell takes credentials from a command that signs in first",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    const line = `source <(aws-login dumpcreds ${stateless.slice(1).join(" ")}) && echo "$AWS_ACCESS_KEY_ID"`;
    const ended = await scene.bash(line, { BROWSER: browser.command });
    expect(ended.stdout).toMatch(/^ASIA[A-Z0-9]{16}\n$/);
  },
  autoApprove,
);

scenario("Ctrl-C ends a sign-in that waits for the browser, with 130", async (scene) => {
  const seen = await scene.write("bin/browser", `#!/bin/sh\necho "$1" > ${scene.root}/opened\n`, 0o755);
  const running = scene.start(["login", "--start-url", startUrl], { BROWSER: seen });
  const opened = await until(async () => {
    const file = Bun.file(`${scene.root}/opened`);
    return (await file.exists()) ? (await file.text()).trim() || undefined : undefined;
  });
  const back = new URL(new URL(opened).searchParams.get("redirect_uri") ?? "");
  const stray = await fetch(new URL("/favicon.ico", back));
  expect(stray.status).toBe(404);
  const wrong = await fetch(new URL("?code=x&state=wrong", back));
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("There is no page here")]);
  running.kill("SIGINT");
  const ended = await running.ended;
  expect([ended.status, ended.stdout]).toEqual([130, ""]);
  expect(ended.stderr).toEndWith(`aws-login: error: signing in to ${startUrl}: interrupted\n`);
  await expect(fetch(back)).rejects.toThrow();
});

/** Another user reads the browser's arguments, and comes before it. */
async function playWithOther(scene: Scene): Promise<void> {
  const gate = `${scene.root}/gate`;
  const browser = await fakeBrowser(scene, gate);
  const running = scene.start(["login", "--start-url", startUrl], { BROWSER: browser.command });
  const opened = await until(async () => /^https:\S+\/authorize\?\S+$/m.exec(await browser.exposed())?.[0]);
  const parameters = new URL(opened).searchParams;
  const back = new URL(parameters.get("redirect_uri") ?? "");
  for (const theirs of ["code=theirs", "error=access_denied"]) {
    const path = `${back.pathname}?${theirs}&state=${parameters.get("state")}`;
    const answer = await askAs(NOBODY, back.port, path);
    expect(answer).toStartWith("HTTP/1.1 403 ");
    expect(answer).toContain("This browser belongs to another user");
  }
  await scene.write("gate", "");
  const { status, stderr } = await running.ended;
  expect([status, stderr]).toEqual([0, expect.stringContaining("aws-login: signed in to ")]);
  expect(stderr.match(/came back from the sign-in, and was refused/g)).toHaveLength(1);
  expect(operations(scene).filter((operation) => operation.startsWith("CreateToken"))).toEqual([
    "CreateToken 200",
  ]);
}
if (canBeOthers) {
  scenario("another user's program can neither complete nor end a sign-in", playWithOther, autoApprove);
} else {
  test.skip(`another user's program can neither complete nor end a sign-in${unlessRoot}`, () => {});
}

scenario(
  "a token that cannot be revoked is deleted, and the command says until when it is good",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const path = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
    scene.standIn.fault({
      match: { service: "portal", action: "Logout" },
      effect: { kind: "status", status: 403, body: "empty" },
      times: 1,
    });
    const ended = await scene.run(["logout", "--profile", "s"]);
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toMatch(
      /^aws-login: error: cannot revoke the token of https:\S+, which is deleted here and may be good until \S+Z: .*\naws-login: hint: .*Active sessions\n$/,
    );
    expect(await Bun.file(path).exists()).toBe(false);
  },
);

const refusals: Record<string, { args: string[]; hint: string }> = {
  "a portal that is not in the cache": {
    args: ["--use-cache", "--start-url", startUrl, ...role],
    hint: `sign in with: aws-login login --start-url ${startUrl}`,
  },
  "no portal in the cache": {
    args: ["--use-cache", ...role],
    hint: "sign in with: aws-login login --start-url https://YOUR.START.URL.HERE",
  },
  "a start URL alone": { args: ["--start-url", startUrl, ...role], hint: "add --use-cache here" },
  "a profile": { args: ["--profile", "s"], hint: "sign in with: aws-login login --profile s" },
  "a legacy profile": { args: ["--profile", "old"], hint: "sign in with: aws-login login --profile old" },
  "a session": {
    args: ["--sso-session", "my-sso", ...role],
    hint: "sign in with: aws-login login --sso-session my-sso",
  },
};
for (const [name, { args, hint }] of Object.entries(refusals)) {
  scenario(
    `--credential-helper starts no sign-in for ${name}, and names the command that does`,
    async (scene) => {
      await scene.write("home/.aws/config", config);
      const browser = await fakeBrowser(scene);
      const ended = await scene.run(["dumpcreds", "--credential-helper", ...args], {
        BROWSER: browser.command,
      });
      expect([ended.status, ended.stdout]).toEqual([4, ""]);
      expect(ended.stderr).toContain(hint);
      expect(scene.standIn.requests).toEqual([]);
      expect(await browser.exposed()).toBe("");
    },
  );
}

scenario(
  "login, use and logout: each in the own cache, for its owner alone",
  async (scene) => {
    const canaries = watchSecrets(scene.standIn);
    const login = await scene.run(["login", "--start-url", startUrl, "--no-browser"]);
    expect(login).toEqual({
      status: 0,
      stdout: "",
      stderr: expect.stringMatching(
        /this code:\n {4}\S+\naws-login: waiting [^\n]*\naws-login: signed in to \S+ until \S+Z\n$/,
      ),
    });
    const used = await scene.run(["getcallerid", "--use-cache", ...role, "--verbose"]);
    expect(used.stdout).toMatch(arn);
    expect(await openToOthers(scene)).toEqual([]);
    const forbidden = await scene.run([
      ...["getcallerid", "--use-cache"],
      ...["--sso-acct-id", "222222222222", "--sso-role-name", "AdministratorAccess"],
    ]);
    expect([forbidden.status, forbidden.stdout]).toEqual([1, ""]);
    expect(forbidden.stderr).toContain("you have no such role there: ForbiddenException: No access");
    const logout = await scene.run(["logout"]);
    expect(logout).toEqual({ status: 0, stdout: "", stderr: `aws-login: signed out of ${startUrl}\n` });
    const after = await scene.run(["getcallerid", "--use-cache", ...role]);
    expect([after.status, after.stdout]).toEqual([4, ""]);
    const said = [login, used, forbidden, logout, after].map(({ stderr }) => stderr).join("");
    expect(canaries.foundIn(said)).toEqual([]);
    expect(operations(scene).filter((operation) => operation.startsWith("Logout"))).toEqual(["Logout 200"]);
  },
  autoApprove,
);
