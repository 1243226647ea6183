import { describe, expect, test } from "bun:test";
import { knownPortals } from "../../src/targets/known-portals.ts";
import { openTargetRun, type TargetRequest } from "../../src/targets/target-run.ts";
import { failureOf } from "../support/failure.ts";
import { config, ownUrl, plainRequest, sessionUrl, targetWorld, tokenText } from "../support/target-world.ts";

async function portals(world: ReturnType<typeof targetWorld>, request: Partial<TargetRequest> = {}) {
  const run = await openTargetRun({ ...plainRequest, ...request }, world.system);
  return (await knownPortals(run)).map(({ startUrl, options, signIn, shown }) => ({
    startUrl,
    options,
    signIn,
    shown,
  }));
}

const ofSession = { startUrl: sessionUrl, options: { ssoSession: "my-sso" }, shown: "--sso-session my-sso" };
const ofOwn = {
  startUrl: ownUrl,
  options: { useCache: true as const, startUrl: ownUrl },
  shown: `--start-url ${ownUrl}`,
};

describe("knownPortals()", () => {
  test("knownPortals() has sessions and the own cache, and whether each has a sign-in", async () => {
    expect(await portals(targetWorld(["own"]))).toEqual([
      { ...ofSession, signIn: "needed" },
      { ...ofOwn, signIn: "usable" },
    ]);
  });

  test("knownPortals() has legacy profiles, each start URL once", async () => {
    const old = (name: string) =>
      `[profile ${name}]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1\n`;
    const found = await portals(targetWorld([], old("one") + old("two")));
    expect(found).toEqual([
      {
        startUrl: "https://old.awsapps.com/start",
        options: { profile: "one" },
        signIn: "needed",
        shown: "--profile one",
      },
    ]);
  });

  test("knownPortals() takes of two ways to one portal the one with a sign-in", async () => {
    const sameUrl = config.replace(sessionUrl, `${ownUrl}/`);
    expect(await portals(targetWorld(["own"], sameUrl))).toEqual([{ ...ofOwn, signIn: "usable" }]);
  });

  test("knownPortals() counts an expired token as usable only where it can be refreshed", async () => {
    const world = targetWorld(["own"]);
    const [path = ""] = [...world.files.files.keys()].filter((name) => name.includes("/tokens/"));
    const expired = { expiresAt: "2030-01-31T11:00:00Z" };
    world.files.files.set(path, tokenText(ownUrl, expired));
    expect((await portals(world))[1]?.signIn).toBe("needed");
    const client = { refreshToken: "r", clientId: "c", clientSecret: "s" };
    world.files.files.set(path, tokenText(ownUrl, { ...expired, ...client }));
    expect((await portals(world))[1]?.signIn).toBe("usable");
    expect((await portals(world, { refresh: "off" }))[1]?.signIn).toBe("needed");
  });

  test("knownPortals() has only the portal that an option names", async () => {
    const world = targetWorld(["own"]);
    expect(await portals(world, { ssoSession: "my-sso" })).toEqual([
      { ...ofSession, options: {}, signIn: "needed" },
    ]);
    expect(await portals(world, { startUrl: ownUrl, useCache: true })).toEqual([
      { ...ofOwn, options: { useCache: true }, signIn: "usable" },
    ]);
    expect((await portals(world, { ssoAccessToken: "-", startUrl: ownUrl }))[0]?.signIn).toBe("usable");
  });

  test("knownPortals() has only the profile's portal for an account or role of it", async () => {
    const found = await portals(targetWorld([]), { profile: "dev", ssoRoleName: "Reader" });
    expect(found).toEqual([{ ...ofSession, options: {}, signIn: "needed", shown: "--profile dev" }]);
  });

  test("knownPortals() leaves out a section that cannot be used, with a warning, but not one that an option names", async () => {
    const world = targetWorld([], `${config}[sso-session empty]\n`);
    expect(await portals(world)).toHaveLength(1);
    expect(world.system.stderrLines[0]).toContain("warning: cannot use --sso-session empty: ");
    const { message } = await failureOf(() => portals(world, { ssoSession: "empty" }));
    expect(message).toContain("has no sso_start_url");
  });
});
