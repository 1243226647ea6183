import { expect, test } from "bun:test";
import { ownSignIns, tokenAt } from "../../src/identity/stored-sign-ins.ts";
import { importToken } from "../../src/store/own-token-cache.ts";
import { caller, portalUrl } from "../support/fake-portal.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { fakeWire } from "../support/fake-wire.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const token = { startUrl, region: "eu-west-1", accessToken: "t", expiresAt: "2030-01-31T13:00:00Z" };

async function contextWithToken(home: string | undefined) {
  const files = memoryFiles();
  await importToken(files, "/home/me/.aws-login", startUrl, token, {});
  const system = fakeSystem({ instead: files });
  return {
    system,
    home,
    wire: fakeWire(system),
    endpoint: () => caller(system, portalUrl).endpoint,
    options: { refresh: "auto", signIn: "never", useDeviceCode: false, noBrowser: false, nrt: false },
  } as const;
}

test("ownSignIns() has every portal of the own cache, and none where there can be no cache", async () => {
  expect(await ownSignIns(await contextWithToken("/home/me"))).toEqual([
    { kind: "own", startUrl, region: undefined },
  ]);
  expect(await ownSignIns(await contextWithToken(undefined))).toEqual([]);
});

test("tokenAt() has the token and its own region", async () => {
  const context = await contextWithToken("/home/me");
  const found = await tokenAt({ kind: "own", startUrl, region: undefined }, context);
  await found.remove();
  expect((await tokenAt({ kind: "own", startUrl, region: undefined }, context)).token).toBeUndefined();
  expect([found.token?.accessToken, found.region, found.name]).toEqual(["t", "eu-west-1", startUrl]);
  const other = { kind: "own", startUrl: "https://x.awsapps.com/start", region: undefined } as const;
  expect((await tokenAt(other, context)).token).toBeUndefined();
});
