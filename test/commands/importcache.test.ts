import { expect, test } from "bun:test";
import { run } from "../../src/commands/importcache.ts";
import { ownTokenPath } from "../../src/sso/own-token-cache.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { optionsOf } from "../support/options.ts";

test("run() imports the token of the file into the own cache, and names its portal", async () => {
  const startUrl = "https://d-1234567890.awsapps.com/start";
  const token = JSON.stringify({ accessToken: "canary", expiresAt: "2030-01-31T13:00:00Z", startUrl });
  const files = memoryFiles({ "/home/me/t.json": token });
  const system = fakeSystem({ home: "/home/me", instead: files });
  expect(await run(optionsOf("importcache", "--accesstoken-cache", "file://~/t.json"), system)).toBe(0);
  expect(files.files.get(ownTokenPath("/home/me/.aws-login", startUrl))).toContain("canary");
  expect(files.files.get("/home/me/t.json")).toBe(token);
  expect(system.stderrLines).toEqual([
    `aws-login: imported the sign-in to ${startUrl}, valid until 2030-01-31T13:00:00Z`,
  ]);
  expect(system.stdoutTexts).toEqual([]);
});
