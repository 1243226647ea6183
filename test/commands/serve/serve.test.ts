import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/serve/serve.ts";
import type { System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { optionsOf } from "../../support/options.ts";

const session =
  "[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = made-up\naws_session_token = made-up\n";

function scene(instead: Partial<System> = {}) {
  const log: string[] = [];
  const system = fakeSystem({
    env: { HOME: "/home/me", PATH: "/bin" },
    instead: {
      ...memoryFiles({ "/home/me/.aws/credentials": session }),
      randomBytes: (length) => new Uint8Array(length),
      serveRequests: async ({ port }) => ({ port: port || 4100, stop: async () => void log.push("stop") }),
      closeStdout: async () => void log.push("closed stdout"),
      endingSignal: async () => "SIGTERM",
      ...instead,
    },
  });
  return { system, log };
}

describe("run()", () => {
  test("prints the variables, closes stdout, and serves until a signal", async () => {
    const { system, log } = scene();
    const options = optionsOf("serve", "--profile", "dev", "--port", "4200", "--region", "eu-west-1");
    expect(await run(options, system)).toBe(143);
    expect(log).toEqual(["closed stdout", "stop"]);
    const text = system.stdoutTexts.join("");
    expect(text).toContain(
      `export AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:4200/${"00".repeat(32)}\n`,
    );
    expect(text).toContain("unset AWS_ACCESS_KEY_ID;\n");
    expect(text).toContain("export AWS_REGION=eu-west-1\n");
    expect(system.stderrLines).toEqual(["aws-login: serving the credentials of dev; Ctrl-C ends it"]);
  });

  test("ends with the status of each signal", async () => {
    for (const [signal, status] of [
      ["SIGINT", 130],
      ["SIGHUP", 129],
    ] as const) {
      const { system } = scene({ endingSignal: async () => signal });
      expect(await run(optionsOf("serve", "--profile", "dev"), system)).toBe(status);
    }
  });

  test("prints what is set in the form that --outform names", async () => {
    const { system } = scene();
    await run(optionsOf("serve", "--profile", "dev", "--outform", "json"), system);
    expect(JSON.parse(system.stdoutTexts.join(""))).toMatchObject({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:4100/${"00".repeat(32)}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "00".repeat(32),
      AWS_PROFILE: null,
    });
  });

  test("stops serving when the variables cannot be printed", async () => {
    const { system, log } = scene({ stdout: () => Promise.reject(new Error("no reader")) });
    expect(run(optionsOf("serve", "--profile", "dev"), system)).rejects.toThrow("no reader");
    await Bun.sleep(0);
    expect(log).toEqual(["stop"]);
  });

  test("says that the port is taken", async () => {
    const taken = Object.assign(new Error("no"), { code: "EADDRINUSE" });
    const { system } = scene({ serveRequests: () => Promise.reject(taken) });
    const failure = await failureOf(() =>
      run(optionsOf("serve", "--profile", "dev", "--port", "4200"), system),
    );
    expect(failure.message).toBe("cannot listen on 127.0.0.1:4200: another program listens there");
  });
});
