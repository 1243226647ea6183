import { expect, test } from "bun:test";
import { serveInBackground } from "../../../src/commands/serve/detach.ts";
import { planEndpoint } from "../../../src/endpoint/plan-endpoint.ts";
import type { System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { optionsOf } from "../../support/options.ts";
import { scene } from "./scene.ts";

const address = { uri: "http://127.0.0.1:4100/x", token: "made-up-token" };
const serving = JSON.stringify({ kind: "serving", address, pid: 99 });

async function detached(words: readonly string[] = [], instead: Partial<System> = {}, line = serving) {
  const given: string[] = [];
  const { system, log } = scene({
    startingShell: async () => 42,
    processMark: async () => "begun",
    startInBackground: async ({ follows }) => ({
      give: async (text) => void given.push(follows, text),
      firstLine: async () => line,
    }),
    endProcess: async (pid) => void log.push(`ended ${pid}`),
    ...instead,
  });
  const options = optionsOf("serve", "--profile", "dev", "--detach", ...words);
  const ending = serveInBackground(planEndpoint(options, system, {}), options, system);
  const status = await ending.catch((error: unknown) => error);
  return { status, system, log, followed: JSON.parse(given[1] ?? "null")?.followed, follows: given[0] };
}

test("serveInBackground() hands over, follows the shell, and says how to end it in the last line", async () => {
  const { status, system, followed, follows } = await detached();
  expect([status, follows]).toEqual([0, "nothing"]);
  expect(followed).toEqual({ kind: "shell", pid: 42, mark: "begun" });
  expect(system.stdoutTexts.join("").trimEnd().split("\n").at(-1)).toBe("# to end the endpoint: kill 99");
  expect(system.stderrLines).toEqual([
    "aws-login: serving the credentials of dev, until this shell ends; kill 99 ends it before",
  ]);
});

test("serveInBackground() outlives the shell with --keep", async () => {
  const { followed, system } = await detached(["--keep"]);
  expect(followed.kind).toBe("outlived");
  expect(system.stderrLines).toEqual(["aws-login: serving the credentials of dev; kill 99 ends it"]);
});

test("serveInBackground() ends what it started when the variables cannot be printed", async () => {
  const { status, log } = await detached([], { stdout: () => Promise.reject(new Error("no reader")) });
  expect(status).toEqual(new Error("no reader"));
  expect(log).toEqual(["ended 99"]);
});

test("serveInBackground() prints nothing when the process cannot serve", async () => {
  const reply = { kind: "failed", failure: "failed", message: "no port", hints: [] };
  const { status, system } = await detached([], {}, JSON.stringify(reply));
  const failure = await failureOf(() => Promise.reject(status));
  expect(failure.message).toBe("no port");
  expect(system.stdoutTexts).toEqual([]);
});
