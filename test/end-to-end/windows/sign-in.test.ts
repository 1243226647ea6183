/** Signing in and out with the released Windows executable. */
import { expect } from "bun:test";
import { join } from "node:path";
import { watchSecrets } from "../support/canaries.ts";
import { ANA } from "../support/identities.ts";
import { config, operations, role, sessionToken, startUrl } from "../support/sign-ins.ts";
import { textOfFile, until } from "../support/until.ts";
import { visit, windowsBrowser } from "./support/browser.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";

const autoApprove = { signInSettings: { autoApprove: true } };
const arn = /"Arn": "arn:aws:sts::012345678901:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\//;
const byCode = ["login", "--start-url", startUrl, "--use-device-code", "--no-browser"];

/** Decides on the device code once the program waits for it. */
async function decide(scene: WindowsScene, decision: "approveDevice" | "denyDevice"): Promise<string> {
  const code = await until(async () =>
    operations(scene).includes("CreateToken 400") ? scene.standIn.pendingDevices()[0] : undefined,
  );
  scene.standIn[decision](code);
  return code;
}

windowsScenario(
  "a device code is shown, approved, and its sign-in used, then ended by logout",
  async (scene) => {
    const canaries = watchSecrets(scene.standIn);
    const running = scene.start(byCode);
    const code = await decide(scene, "approveDevice");
    const login = await running.ended;
    expect([login.status, login.stdout]).toEqual([0, ""]);
    expect(login.stderr).toContain(code);
    expect(login.stderr).toMatch(/aws-login: signed in to \S+ until \S+Z\n$/);
    const used = await scene.run(["getcallerid", "--use-cache", ...role]);
    expect({ status: used.status, stderr: used.stderr }).toEqual({ status: 0, stderr: "" });
    expect(used.stdout).toMatch(arn);
    const logout = await scene.run(["logout"]);
    expect(logout).toEqual({ status: 0, stdout: "", stderr: `aws-login: signed out of ${startUrl}\n` });
    const after = await scene.run(["getcallerid", "--use-cache", ...role]);
    expect([after.status, after.stdout]).toEqual([4, ""]);
    expect(canaries.foundIn([login, used, logout, after].map(({ stderr }) => stderr).join(""))).toEqual([]);
  },
);

windowsScenario("a device code that is denied ends the command with status 1", async (scene) => {
  const running = scene.start(byCode);
  await decide(scene, "denyDevice");
  const { status, stdout, stderr } = await running.ended;
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`aws-login: error: cannot sign in to ${startUrl}: `);
});

windowsScenario(
  "the browser of BROWSER comes back to the program with a code, and shows its page",
  async (scene) => {
    const browser = windowsBrowser(scene);
    const running = scene.start(["login", "--start-url", startUrl], browser.env);
    const address = await browser.opened();
    expect(new URL(address).searchParams.get("code_challenge_method")).toBe("S256");
    const back = new URL(new URL(address).searchParams.get("redirect_uri") ?? "");
    expect(back.hostname).toBe("127.0.0.1");
    expect((await fetch(new URL("?code=x&state=wrong", back))).status).toBe(400);
    expect(await visit(scene, address)).toContain("You are signed in");
    const { status, stdout, stderr } = await running.ended;
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/aws-login: signed in to \S+ until \S+Z\n$/);
    expect(operations(scene)).toEqual(["RegisterClient 200", "Authorize 302", "CreateToken 200"]);
    await expect(fetch(back)).rejects.toThrow();
  },
  autoApprove,
);

windowsScenario(
  "without BROWSER, Windows's own opener gets the whole address",
  async (scene) => {
    const opened = join(scene.root, "opened");
    // Wine hands what its opener gets to this program of the Unix side.
    await scene.write(
      "bin/xdg-open",
      `#!/bin/sh\necho "$1" > ${opened}.part && mv ${opened}.part ${opened}\n`,
      0o755,
    );
    const running = scene.start(["login", "--start-url", startUrl]);
    const address = await until(async () => (await textOfFile(opened))?.trim() || undefined);
    expect(await visit(scene, address)).toContain("You are signed in");
    const { status, stdout, stderr } = await running.ended;
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/aws-login: signed in to \S+ until \S+Z\n$/);
  },
  autoApprove,
);

windowsScenario(
  "the console is opened through an address of this machine, which is good once",
  async (scene) => {
    const browser = windowsBrowser(scene);
    const running = scene.start(["console", "--get-federation-token"], { ...ANA, ...browser.env });
    const address = await browser.opened();
    expect(new URL(address).hostname).toBe("127.0.0.1");
    expect(await visit(scene, address)).toContain(
      "Signed in as arn:aws:sts::111111111111:federated-user/aws-login",
    );
    const { status, stdout } = await running.ended;
    expect([status, stdout]).toEqual([0, ""]);
    await expect(fetch(address)).rejects.toThrow();
  },
);

windowsScenario(
  "login --profile keeps its token where the AWS CLI looks for it, and logout --profile deletes it",
  async (scene) => {
    await scene.write("home/.aws/config", config.replaceAll("\n", "\r\n"));
    const login = await scene.run(["login", "--profile", "s", "--use-device-code", "--no-browser"]);
    expect([login.status, login.stdout]).toEqual([0, ""]);
    const token = Bun.file(join(scene.root, sessionToken));
    expect(await token.json()).toMatchObject({ startUrl, region: "us-east-1" });
    const used = await scene.run(["getcallerid", "--profile", "s"]);
    expect({ status: used.status, stderr: used.stderr }).toEqual({ status: 0, stderr: "" });
    expect(used.stdout).toMatch(arn);
    expect((await scene.run(["logout", "--profile", "s"])).status).toBe(0);
    expect(await token.exists()).toBe(false);
  },
  autoApprove,
);

windowsScenario("a forbidden sign-in ends with status 4 and opens no page", async (scene) => {
  const args = ["dumpcreds", "--credential-helper", "--start-url", startUrl, ...role];
  const { status, stdout, stderr } = await scene.run(args);
  expect([status, stdout]).toEqual([4, ""]);
  expect(stderr).toContain("aws-login: hint: ");
  expect(scene.standIn.requests).toEqual([]);
});

windowsScenario("importcache imports a token file with any line ends", async (scene) => {
  const { accessToken, region, expiresAt } = scene.standIn.signIn();
  const time = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, "Z");
  const text = JSON.stringify({ startUrl, region, accessToken, expiresAt: time }, null, 2);
  await scene.write("work/token.json", text.replaceAll("\n", "\r\n"));
  const imported = await scene.run(["importcache", "--accesstoken-cache", "token.json"]);
  expect([imported.status, imported.stdout]).toEqual([0, ""]);
  const used = await scene.run(["getcallerid", "--use-cache", ...role]);
  expect({ status: used.status, stderr: used.stderr }).toEqual({ status: 0, stderr: "" });
  expect(used.stdout).toMatch(arn);
});
