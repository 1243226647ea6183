import { expect, test } from "bun:test";
import { endLoginSession } from "../../src/commands/end-login-session.ts";
import { failureOf } from "../support/failure.ts";
import { consoleLoginPath, consoleUser } from "../support/fake-console-login.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const source = {
  kind: "login-session",
  from: "profile dev",
  profileName: "dev",
  session: consoleUser,
} as const;
const quiet = () => {};

test("endLoginSession() deletes the file of the sign-in, and says when there was none", async () => {
  const files = memoryFiles({ [consoleLoginPath]: "{}" });
  const system = fakeSystem({ home: "/home/me", instead: files });
  await endLoginSession(source, system, quiet);
  expect(files.files.has(consoleLoginPath)).toBe(false);
  await endLoginSession(source, system, quiet);
  expect(system.stderrLines).toEqual([
    `aws-login: signed out of profile dev (${consoleUser})`,
    `aws-login: not signed in to profile dev (${consoleUser})`,
  ]);
});

test("endLoginSession() fails where no home directory is known", async () => {
  const failure = await failureOf(() => endLoginSession(source, fakeSystem(), quiet));
  expect(failure.message).toContain("no home directory is known");
});
