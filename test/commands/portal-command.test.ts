import { describe, expect, test } from "bun:test";
import { type PortalRequest, portalRun } from "../../src/commands/portal-command.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { optionsOf } from "../support/options.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const config = `[profile p]\nsso_session = corp\n[profile other]\nservices = s\n[services s]\nsso =\n  endpoint_url = https://sso.example\n[profile old]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n[sso-session spare]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n`;
const run = (more: Partial<PortalRequest>, env: Record<string, string> = {}) =>
  portalRun(
    { ...optionsOf("logout"), ...more },
    fakeSystem({ env, home: "/home/me", files: { "/home/me/.aws/config": config } }),
  );

describe("portalRun()", () => {
  test("portalRun() takes the portal of the profile that --profile names", async () => {
    expect(await (await run({ profile: "p" })).portal()).toMatchObject({ kind: "cli", sessionName: "corp" });
  });

  test("portalRun() says that --sign-in has no effect beside a given token", async () => {
    const system = fakeSystem({ home: "/home/me" });
    const options = optionsOf("dumpconfig", "--accesstoken-cache", "file", "--sign-in", "always");
    await portalRun(options, system);
    expect(system.stderrLines).toEqual([
      "aws-login: warning: --sign-in has no effect: the given token is used",
    ]);
  });

  test("portalRun() takes the portal that an option names before the profile's", async () => {
    expect(await (await run({ profile: "p", startUrl })).portal()).toMatchObject({ kind: "memory" });
  });

  test("portalRun() takes another profile's settings with the portal that an option names", async () => {
    expect(await (await run({ profile: "other", ssoSession: "corp" })).portal()).toMatchObject({
      kind: "cli",
    });
    expect(await (await run({ profile: "p", ssoSession: "corp" })).portal()).toMatchObject({ kind: "cli" });
  });

  test("portalRun() takes another spelling of the profile's start URL for the same portal", async () => {
    for (const spelling of [`${startUrl}/`, `${startUrl}/#/`]) {
      for (const profile of ["p", "old"]) {
        expect(await (await run({ profile, startUrl: spelling })).portal()).toMatchObject({ kind: "memory" });
      }
    }
  });

  const elsewhere = "https://d-0987654321.awsapps.com/start";
  const others: Record<string, [Partial<PortalRequest>, string]> = {
    "another session than the profile's": [
      { profile: "p", ssoSession: "spare" },
      "--sso-session spare contradicts --profile p, whose sso_session is corp",
    ],
    "a session beside a profile that has its portal itself": [
      { profile: "old", ssoSession: "spare" },
      `--sso-session spare contradicts --profile old, whose sso_start_url is ${startUrl}`,
    ],
    "another start URL than that of the profile's session": [
      { profile: "p", startUrl: elsewhere },
      `--start-url ${elsewhere} contradicts --profile p, whose sso_start_url is ${startUrl}`,
    ],
    "another start URL than the profile's own": [
      { profile: "old", startUrl: elsewhere },
      `--start-url ${elsewhere} contradicts --profile old, whose sso_start_url is ${startUrl}`,
    ],
  };
  test.each(Object.entries(others))("portalRun() refuses %s", async (_, [more, message]) => {
    const failure = await failureOf(() => run(more));
    expect([failure.kind, failure.message]).toEqual(["usage", message]);
  });

  test("portalRun() refuses another region than that of the profile's portal", async () => {
    const failure = await failureOf(() => run({ profile: "p", ssoRegion: "us-east-1" }));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toBe(
      "--sso-region us-east-1 contradicts the region of profile p, which is eu-west-1",
    );
    expect(await (await run({ profile: "p", ssoRegion: "eu-west-1" })).portal()).toMatchObject({
      kind: "cli",
    });
  });

  test("portalRun() takes the portal and the settings of the profile that a variable names", async () => {
    for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
      expect(await (await run({}, { [variable]: "p" })).portal()).toMatchObject({
        kind: "cli",
        sessionName: "corp",
      });
    }
    const { context } = await run({ startUrl }, { AWS_PROFILE: "other" });
    expect(context.endpoint("sso", "eu-west-1").url).toBe("https://sso.example");
  });

  test("portalRun() refuses another region than that of the portal it finds", async () => {
    const { portal } = await run({ ssoRegion: "us-east-1" }, { AWS_PROFILE: "p" });
    expect((await failureOf(portal)).message).toBe(
      `--sso-region us-east-1 contradicts the region of ${startUrl}, which is eu-west-1`,
    );
  });

  test("portalRun() names the portals where the config file has several", async () => {
    const { kind, message } = await failureOf((await run({})).portal);
    expect([kind, message]).toEqual([
      "usage",
      "the config file has several Identity Center portals: spare, corp",
    ]);
  });

  test("portalRun() asks the person once which of several portals is meant", async () => {
    const asked: string[] = [];
    const system = fakeSystem({
      env: { TERM: "dumb" },
      home: "/home/me",
      files: { "/home/me/.aws/config": config },
      instead: {
        promptLine: async (text) => {
          asked.push(text);
          return "corp";
        },
      },
    });
    const { portal } = await portalRun(optionsOf("login"), system, (...words) => words.join(" "));
    const found = await Promise.all([portal(), portal()]);
    expect(found[0]).toMatchObject({ kind: "cli", sessionName: "corp", loginOption: "--sso-session corp" });
    expect([found[1], asked.length]).toEqual([found[0], 1]);
    expect(system.stderrLines).toEqual(["aws-login: the same without asking: --sso-session corp"]);
  });

  test("portalRun() refuses another region than that of the portal that the person chooses", async () => {
    const system = fakeSystem({
      home: "/home/me",
      files: { "/home/me/.aws/config": config },
      instead: { promptLine: async () => "1" },
    });
    const { portal } = await portalRun(optionsOf("login", "--sso-region", "us-east-1"), system, (...words) =>
      words.join(" "),
    );
    expect((await failureOf(portal)).message).toBe(
      `--sso-region us-east-1 contradicts the region of ${startUrl}, which is eu-west-1`,
    );
  });

  test("portalRun() does without a profile that a variable names and that is not there yet", async () => {
    expect(await (await run({ startUrl }, { AWS_PROFILE: "soon" })).portal()).toMatchObject({
      kind: "memory",
    });
  });

  test("portalRun() needs a profile that --profile names", async () => {
    expect((await failureOf(() => run({ profile: "none" }))).kind).toBe("no-credentials");
  });

  test("portalRun() opens nothing where no portal is named and the config file has none", async () => {
    const { portal, open } = await portalRun(optionsOf("login"), fakeSystem({ home: "/home/me" }));
    for (const act of [portal, open]) {
      const failure = await failureOf(async () => act());
      expect(failure.kind).toBe("usage");
      for (const option of ["--start-url", "--profile", "--use-cache", "--accesstoken-cache"]) {
        expect(failure.hints.join("\n")).toContain(option);
      }
    }
  });
});
