import { expect, test } from "bun:test";
import { serveHere } from "../../../src/commands/serve/foreground.ts";
import { planEndpoint } from "../../../src/endpoint/plan-endpoint.ts";
import { optionsOf } from "../../support/options.ts";
import { scene } from "./scene.ts";

const options = optionsOf("serve", "--profile", "dev");

test("serveHere() prints the variables, closes stdout, and serves until a signal", async () => {
  const { system, log } = scene();
  expect(await serveHere(await planEndpoint(options, system, { port: 4200 }), options, system)).toBe(143);
  expect(log).toEqual(["closed stdout", "stop"]);
  expect(system.stdoutTexts.join("")).toContain(
    `export AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:4200/${"00".repeat(32)}\n`,
  );
  expect(system.stderrLines).toEqual(["aws-login: serving the credentials of dev; Ctrl-C ends it"]);
});

test("serveHere() ends with the status of each signal", async () => {
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const) {
    const { system } = scene({ endingSignal: async () => signal });
    expect(await serveHere(await planEndpoint(options, system, {}), options, system)).toBe(status);
  }
});

test("serveHere() stops serving when the variables cannot be printed", async () => {
  const { system, log } = scene({ stdout: () => Promise.reject(new Error("no reader")) });
  const serving = serveHere(await planEndpoint(options, system, {}), options, system);
  await expect(serving).rejects.toThrow("no reader");
  expect(log).toEqual(["stop"]);
});
