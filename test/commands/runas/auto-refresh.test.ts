import { describe, expect, test } from "bun:test";
import { runWithEndpoint } from "../../../src/commands/runas/auto-refresh.ts";
import type { System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { environmentKeys, optionsOf } from "../../support/options.ts";

const session =
  "[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = made-up\naws_session_token = made-up\n";
const files = { "/home/me/.aws/credentials": session };
const options = optionsOf("runas", "--profile", "dev", "--region", "eu-west-1", "--auto-refresh");
const address = { uri: "http://127.0.0.1:4100/x", token: "made-up" };

describe("runWithEndpoint()", () => {
  test("starts a copy, hands the plan over, and runs the program without keys", async () => {
    const given: string[] = [];
    const system = fakeSystem({
      env: { HOME: "/home/me", PATH: "/bin", AWS_PROFILE: "x" },
      child: { kind: "exited", code: 7 },
      instead: {
        ...memoryFiles(files),
        processMark: async () => "begun",
        startInBackground: async ({ follows }) => ({
          give: async (text) => void given.push(follows, text),
          firstLine: async () => JSON.stringify({ kind: "serving", address, pid: 99 }),
        }),
      },
    });
    const finish = (env: System["env"]) => ({ ...env, LAST: "1" });
    expect(await runWithEndpoint(options, ["true"], system, finish)).toEqual({ kind: "exited", code: 7 });
    expect(given[0]).toBe("program");
    expect(JSON.parse(given[1] ?? "")).toMatchObject({
      plan: { name: "dev", renewal: "by-itself" },
      env: { AWS_PROFILE: "x" },
      followed: { kind: "program", pid: 4711, mark: "begun" },
    });
    expect(system.children[0]?.env).toEqual({
      HOME: "/home/me",
      PATH: "/bin",
      LAST: "1",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: address.uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: address.token,
    });
  });

  test("runs nothing with long-term keys", async () => {
    const copy = { give: async () => {}, firstLine: async () => undefined };
    const system = fakeSystem({ env: environmentKeys, instead: { startInBackground: async () => copy } });
    const failure = await failureOf(() =>
      runWithEndpoint(optionsOf("runas", "--auto-refresh"), ["true"], system, (env) => env),
    );
    expect(failure.kind).toBe("usage");
    expect(system.children).toEqual([]);
  });

  test("serves from this process on Windows, until the program ends", async () => {
    const memory = memoryFiles(files);
    const log: string[] = [];
    const system = fakeSystem({
      env: { HOME: "/home/me" },
      platform: "win32",
      child: { kind: "exited", code: 0 },
      instead: {
        ...memory,
        randomBytes: (length) => new Uint8Array(length),
        serveRequests: async () => ({ port: 4100, stop: async () => void log.push("stop") }),
      },
    });
    await runWithEndpoint(options, ["true"], system, (env) => env);
    expect(system.children[0]?.env.AWS_CONTAINER_CREDENTIALS_FULL_URI).toStartWith("http://127.0.0.1:4100/");
    expect(log).toEqual(["stop"]);
  });
});
