import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/serve/serve.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { optionsOf } from "../../support/options.ts";
import { scene } from "./scene.ts";

describe("run()", () => {
  test("serves on the port of --port, in the region of --region", async () => {
    const { system } = scene();
    const options = optionsOf("serve", "--profile", "dev", "--port", "4200", "--region", "eu-west-1");
    expect(await run(options, system)).toBe(143);
    const text = system.stdoutTexts.join("");
    expect(text).toContain("http://127.0.0.1:4200/");
    expect(text).toContain("export AWS_REGION=eu-west-1\n");
  });

  test("says that the port is taken", async () => {
    const taken = Object.assign(new Error("no"), { code: "EADDRINUSE" });
    const { system } = scene({ serveRequests: () => Promise.reject(taken) });
    const options = optionsOf("serve", "--profile", "dev", "--port", "4200");
    const failure = await failureOf(() => run(options, system));
    expect(failure.message).toBe("cannot listen on 127.0.0.1:4200: another program listens there");
  });

  test("refuses --detach on Windows before it acquires anything", async () => {
    const system = fakeSystem({ platform: "win32" });
    const failure = await failureOf(() => run(optionsOf("serve", "--detach"), system));
    expect(failure).toMatchObject({
      kind: "usage",
      message: "cannot serve in the background on Windows",
      hints: ["leave out --detach, and let it run in a window of its own"],
    });
  });
});
