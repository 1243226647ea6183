import { expect, test } from "bun:test";
import { openTargetRun } from "../../src/targets/target-run.ts";
import { folder, ownUrl, plainRequest, targetWorld } from "../support/target-world.ts";

test("openTargetRun() reads the config files and the folder, and sends nothing", async () => {
  const { system } = targetWorld([]);
  const run = await openTargetRun({ ...plainRequest, verbose: true }, system);
  expect(run.config.profileNames()).toEqual(["dev", "keys"]);
  expect([run.folder, run.profile]).toEqual([folder, undefined]);
  expect(run.context.endpoint("sso", "eu-west-1").url).toBe("https://portal.sso.eu-west-1.amazonaws.com");
  run.trace("a decision");
  expect(system.stderrLines).toEqual(["aws-login: a decision"]);
});

test("openTargetRun() takes a portal of --start-url from the own cache, unless a token is given", async () => {
  const { system } = targetWorld([]);
  const run = (more: object) => openTargetRun({ ...plainRequest, startUrl: ownUrl, ...more }, system);
  expect((await run({})).request.useCache).toBe(true);
  expect((await run({ ssoAccessToken: "-" })).request.useCache).toBe(false);
  expect((await run({ accesstokenCache: "file" })).request.useCache).toBe(false);
});
