import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/login/login.ts";
import { ownTokenPath, portals } from "../../../src/sso/own-token-cache.ts";
import { failureOf } from "../../support/failure.ts";
import { json } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { optionsOf } from "../../support/options.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const folder = "/home/me/.aws-login";
const oidc = "https://oidc.us-east-1.amazonaws.com";
const config = `[profile p]\nsso_session = my-sso\n[sso-session my-sso]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`;

/** The service lets the device in at once. */
function expectSignIn(system: FakeSystem): void {
  const client = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_999_999_999 };
  const device = { deviceCode: "d", userCode: "ABCD", verificationUri: "https://d.example", expiresIn: 600 };
  system.expect("POST", `${oidc}/client/register`, json(200, client));
  system.expect("POST", `${oidc}/device_authorization`, json(200, device));
  system.expect(
    "POST",
    `${oidc}/token`,
    json(200, { accessToken: "canary", expiresIn: 3600, refreshToken: "r" }),
  );
}

function home(more: Record<string, string> = {}) {
  const files = memoryFiles({ "/home/me/.aws/config": config, ...more });
  return { files, system: fakeSystem({ home: "/home/me", instead: files }) };
}

const stored = (accessToken: string) =>
  JSON.stringify({ accessToken, expiresAt: "2030-01-31T13:00:00Z", region: "us-east-1", startUrl });

describe("login", () => {
  test("run() stores the token of a start URL in the own cache, as the latest", async () => {
    const { files, system } = home();
    expectSignIn(system);
    expect(
      await run(optionsOf("login", "--start-url", startUrl, "--use-device-code", "--no-browser"), system),
    ).toBe(0);
    expect(files.files.get(ownTokenPath(folder, startUrl))).toContain("canary");
    expect(await portals(files, folder)).toEqual([startUrl]);
    expect(system.stderrLines).toEqual([
      `aws-login: to sign in to ${startUrl}, open this page in any browser:`,
      "    https://d.example/",
      "aws-login: type this code there:",
      "    ABCD",
      "aws-login: waiting for the approval, up to 10 minutes",
      `aws-login: signed in to ${startUrl} until 2030-01-31T13:00:05Z`,
    ]);
    expect(system.stdoutTexts).toEqual([]);
  });

  for (const option of ["--sso-session my-sso", "--profile p"]) {
    test(`run() stores the token of ${option} where the AWS CLI does, and nothing in the own cache`, async () => {
      const { files, system } = home();
      expectSignIn(system);
      await run(optionsOf("login", ...option.split(" "), "--use-device-code", "--no-browser"), system);
      const path = "/home/me/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";
      expect(files.files.get(path)).toContain("canary");
      expect([...files.files.keys()].filter((file) => file.startsWith(folder))).toEqual([]);
    });
  }

  test("run() signs in although the stored token is valid, as the AWS CLI does", async () => {
    const { files, system } = home({ [ownTokenPath(folder, startUrl)]: stored("old") });
    expectSignIn(system);
    await run(optionsOf("login", "--start-url", startUrl, "--use-device-code", "--no-browser"), system);
    expect(files.files.get(ownTokenPath(folder, startUrl))).toContain("canary");
  });

  test("run() fails before the login when nothing can be stored", async () => {
    const { files, system } = home();
    files.replaceFile = async () => Promise.reject(new Error("ENOSPC: no space left on device"));
    const client = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_999_999_999 };
    system.expect("POST", `${oidc}/client/register`, json(200, client));
    const full = { ...system, replaceFile: files.replaceFile };
    const failure = await failureOf(() =>
      run(optionsOf("login", "--start-url", startUrl, "--use-device-code", "--no-browser"), full),
    );
    expect(failure.kind).toBe("failed");
    expect(failure.message).toMatch(
      /^cannot sign in to \S+: cannot write \S+: ENOSPC: no space left on device$/,
    );
    expect(system.stderrLines).toEqual([]);
  });

  test("run() does not sign in with --sign-in never", async () => {
    const good = home({ [ownTokenPath(folder, startUrl)]: stored("old") });
    expect(await run(optionsOf("login", "--start-url", startUrl, "--sign-in", "never"), good.system)).toBe(0);
    const none = home();
    const failure = await failureOf(() =>
      run(optionsOf("login", "--start-url", startUrl, "--sign-in", "never"), none.system),
    );
    expect(failure.kind).toBe("sign-in-needed");
  });
});
