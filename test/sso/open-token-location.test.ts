import { describe, expect, test } from "bun:test";
import { cliTokenStore } from "../../src/sso/aws-cli-cache.ts";
import { openTokenLocation } from "../../src/sso/open-token-location.ts";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles, noSleep } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const token = { accessToken: "t", expiresAt: "2030-01-31T13:00:00Z", startUrl, region: "eu-west-1" };
const cli = {
  kind: "cli",
  startUrl,
  region: "eu-west-1",
  sessionName: "corp",
  scopes: ["a"],
  loginOption: "--profile p",
} as const satisfies PortalChoice;

interface Setup {
  readonly files?: ReturnType<typeof memoryFiles>;
  readonly home?: string | undefined;
  readonly nrt?: boolean;
}

function open(choice: PortalChoice, setup: Setup = {}) {
  const { files = memoryFiles(), home = "/home/me", nrt = false } = setup;
  const system = fakeSystem({ instead: files });
  return { system, location: openTokenLocation(choice, { system, home, nrt, prompt: "allowed" }) };
}

describe("a sign-in shared with the AWS CLI", () => {
  test("openTokenLocation() asks for the scopes of the session, and names the command that signs in", async () => {
    const location = await open(cli).location;
    expect(location).toMatchObject({
      startUrl,
      region: "eu-west-1",
      scopes: ["a"],
      legacy: false,
      given: false,
    });
    expect(location.loginHint).toBe("sign in with: aws-login login --profile p");
    expect(location.store.sharedName).toStartWith("/home/me/.aws/sso/cache/");
  });

  test("openTokenLocation() asks for no scopes in a legacy sign-in, as the AWS CLI", async () => {
    expect(await open({ ...cli, sessionName: undefined, scopes: undefined }).location).toMatchObject({
      scopes: [],
      legacy: true,
    });
  });

  test("openTokenLocation() keeps a client without scopes out of the shared file", async () => {
    const files = memoryFiles();
    const { scopes, store } = await open(cli, { files, nrt: true }).location;
    await store.writeRegistration("device", { clientId: "id", clientSecret: "s", expiresAt: "x" });
    expect([scopes, files.files.size, await store.readRegistration("device")]).toEqual([[], 0, undefined]);
    await store.removeRegistration("device");
    expect(files.log).toEqual([]);
  });
});

describe("a start URL on a company's own host, shared with the AWS CLI", () => {
  const own = { ...cli, startUrl: "https://aws.example.com/start" };
  const regionWith = async (stored: Partial<typeof token>) => {
    const files = memoryFiles();
    await cliTokenStore({ ...files, ...noSleep }, "/home/me", own).writeToken({ ...token, ...stored });
    return (await open(own, { files }).location).region;
  };

  test("openTokenLocation() takes the region that the login found", async () => {
    expect(await regionWith({ startUrl: own.startUrl, region: "ap-south-1" })).toBe("ap-south-1");
  });

  test("openTokenLocation() takes the configured region before a login, and for another portal's token", async () => {
    expect((await open(own).location).region).toBe("eu-west-1");
    expect(await regionWith({ startUrl, region: "ap-south-1" })).toBe("eu-west-1");
  });
});

test("openTokenLocation() stores nothing for a start URL alone", async () => {
  const location = await open({ kind: "memory", startUrl, region: "eu-west-1" }).location;
  expect(await location.store.readToken()).toBeUndefined();
  expect(location.store.sharedName).toBeUndefined();
  expect(location.loginHint).toContain("--use-cache");
});

test("openTokenLocation() says so where there is no home directory", async () => {
  const system = fakeSystem({ instead: memoryFiles() });
  const own = { kind: "own", startUrl, region: undefined } as const;
  for (const [choice, hint] of [
    [cli, "set HOME"],
    [own, "set HOME, or AWS_LOGIN_HOME"],
  ] as const) {
    const failure = await failureOf(() =>
      openTokenLocation(choice, { system, home: undefined, nrt: false, prompt: "never" }),
    );
    expect(failure.hints).toEqual([hint]);
  }
});
