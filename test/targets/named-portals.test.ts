import { describe, expect, test } from "bun:test";
import type { Failure } from "../../src/lib/errors.ts";
import { portalOfRequest, portalsOfFiles } from "../../src/targets/named-portals.ts";
import { openTargetRun, type TargetRequest } from "../../src/targets/target-run.ts";
import { config, ownUrl, plainRequest, sessionUrl, targetWorld } from "../support/target-world.ts";

const runOf = (world: ReturnType<typeof targetWorld>, request: Partial<TargetRequest> = {}) =>
  openTargetRun({ ...plainRequest, ...request }, world.system);

describe("portalOfRequest()", () => {
  test("is the portal of an option, with the option as a person types it", async () => {
    const named = portalOfRequest(await runOf(targetWorld([]), { ssoSession: "my-sso" }));
    expect(named).toMatchObject({
      choice: { kind: "cli", startUrl: sessionUrl },
      options: {},
      shown: "--sso-session my-sso",
    });
  });

  test("is none where no option names a portal, an account or a role", async () => {
    expect(portalOfRequest(await runOf(targetWorld([]), { profile: "dev" }))).toBeUndefined();
  });
});

describe("portalsOfFiles()", () => {
  test("has a portal once for each way to name it", async () => {
    const same = config.replace(sessionUrl, ownUrl);
    const found = await portalsOfFiles(await runOf(targetWorld(["own"], same)), () => {});
    expect(found.map(({ shown }) => shown)).toEqual(["--sso-session my-sso", `--start-url ${ownUrl}`]);
  });

  test("tells of a section that cannot be used, and has the others", async () => {
    const told: Failure[] = [];
    const run = await runOf(targetWorld([], `${config}[sso-session empty]\n`));
    const found = await portalsOfFiles(run, (why) => told.push(why));
    expect(found.map(({ shown }) => shown)).toEqual(["--sso-session my-sso"]);
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining("--sso-session empty")]);
  });
});
