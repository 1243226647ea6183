import { expect, test } from "bun:test";
import { ownTokenPath } from "../../src/sso/own-token-cache.ts";
import { storedSignIns } from "../../src/targets/stored-sign-ins.ts";
import { openTargetRun } from "../../src/targets/target-run.ts";
import { folder, ownUrl, plainRequest, targetWorld, tokenText } from "../support/target-world.ts";

test("storedSignIns() has each stored token with its end, without a request", async () => {
  const world = targetWorld(["session", "own"]);
  const client = { refreshToken: "r", clientId: "c", clientSecret: "s" };
  world.files.files.set(ownTokenPath(folder, ownUrl), tokenText(ownUrl, client));
  const run = await openTargetRun(plainRequest, world.system);
  const expires = Date.UTC(2030, 0, 31, 20);
  expect(await storedSignIns(run)).toEqual([
    { shown: "--sso-session my-sso", expires, refreshable: false },
    { shown: `--start-url ${ownUrl}`, expires, refreshable: true },
  ]);
});
