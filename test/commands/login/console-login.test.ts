import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/login/login.ts";
import { failureOf } from "../../support/failure.ts";
import {
  consoleLoginPath,
  consoleUser,
  expectLogin,
  loginResponse,
} from "../../support/fake-console-login.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { optionsOf } from "../../support/options.ts";

const state = "07070707-0707-4707-8707-070707070707";
const config = "/home/me/.aws/config";

/** A home directory, and a person who pastes the code. */
function home(initial: Record<string, string> = {}) {
  const files = memoryFiles(initial);
  const readBytes = async (path: string) => {
    const text = files.files.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
  const copyFile = async (from: string, to: string) => {
    files.files.set(to, files.files.get(from) ?? "");
    return true;
  };
  const text = Buffer.from(`state=${state}&code=c`).toString("base64");
  const system: FakeSystem = fakeSystem({
    home: "/home/me",
    instead: {
      ...files,
      ...{ readBytes, copyFile },
      randomBytes: (length) => new Uint8Array(length).fill(7),
      promptPaste: async () => ({ kind: "pasted", text }),
    },
  });
  return { files: files.files, system };
}

describe("login with console credentials", () => {
  test("run() stores the sign-in as the AWS CLI does, and names it in the profile", async () => {
    const { files, system } = home({ [config]: "# mine\n[profile dev]\nregion = us-west-2\n" });
    expectLogin(system, "us-west-2");
    expect(await run(optionsOf("login", "--profile", "dev", "--remote"), system)).toBe(0);
    expect(files.get(config)).toBe(
      `# mine\n[profile dev]\nregion = us-west-2\nlogin_session = ${consoleUser}\n`,
    );
    expect(JSON.parse(files.get(consoleLoginPath) ?? "")).toMatchObject({
      accessToken: { accessKeyId: "ASIAX", accountId: "123456789012", expiresAt: "2030-01-31T12:15:00Z" },
      clientId: "arn:aws:signin:::devtools/cross-device",
      refreshToken: "made-up-refresh",
      signInRegion: "us-west-2",
    });
    expect(system.stderrLines.at(-1)).toBe(
      `aws-login: signed in as ${consoleUser} in profile dev; the credentials are renewed for up to 12 hours`,
    );
  });

  test("run() warns when the profile had another identity's sign-in", async () => {
    const { files, system } = home({ [config]: "[profile dev]\nlogin_session = arn:old\n" });
    expectLogin(system);
    await run(optionsOf("login", "--profile", "dev", "--remote"), system);
    expect(files.get(config)).toBe(`[profile dev]\nlogin_session = ${consoleUser}\n`);
    expect(system.stderrLines.at(-2)).toBe(
      "aws-login: warning: profile dev had another login_session: arn:old",
    );
  });

  test("run() says which options have no effect", async () => {
    const { system } = home();
    expectLogin(system);
    await run(optionsOf("login", "--remote", "--callback-port", "8400", "--nrt"), system);
    const warnings = system.stderrLines.filter((line) => line.includes("has no effect"));
    expect(warnings.map((line) => /--[a-z-]+/.exec(line)?.[0])).toEqual(["--nrt", "--callback-port"]);
  });

  test("run() leaves the profile as it is when the service names no identity", async () => {
    const { files, system } = home();
    expectLogin(system, "us-east-1", { ...loginResponse, idToken: "x" });
    const failure = await failureOf(() => run(optionsOf("login", "--remote"), system));
    expect(failure.message).toBe("cannot sign in to profile default: the service names no identity");
    expect([...files.keys()].filter((path) => path.includes("/.aws/"))).toEqual([]);
  });
});
