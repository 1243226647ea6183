import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/console/console.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { type FakeSetup, type FakeSystem, fakeSystem, noon } from "../../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../../support/options.ts";
import { deployArn } from "../../support/plans.ts";
import { madeUpSecret, madeUpToken, roleAnswer } from "../../support/sts-answers.ts";

const sts = "https://sts.us-east-1.amazonaws.com/";
const base = "https://signin.aws.amazon.com/federation";
const session = JSON.stringify({
  sessionId: "ASIAROLE",
  sessionKey: madeUpSecret,
  sessionToken: madeUpToken,
});

/** A system whose AWS gives a role and, for its keys, a sign-in token. `duration` is what the latter is asked with. */
function systemFor(setup: FakeSetup = {}, duration = ""): FakeSystem {
  const system = fakeSystem({ env: environmentKeys, ...setup });
  system.expect("POST", sts, roleAnswer("ASIAROLE"));
  const query = `Action=getSigninToken${duration}&Session=${encodeURIComponent(session)}`;
  system.expect("GET", `${base}?${query}`, Response.json({ SigninToken: "made-up-sign-in" }));
  return system;
}

const open = (system: FakeSystem, ...words: string[]) =>
  run(optionsOf("console", "--assume-roles", deployArn, ...words), system);

function urlTo(destination: string): string {
  return `${base}?Action=login&Destination=${encodeURIComponent(destination)}&SigninToken=made-up-sign-in`;
}

const home = urlTo("https://console.aws.amazon.com/console/home");

describe("run()", () => {
  test("opens a one-time address that leads to the console, and prints nothing", async () => {
    const system = systemFor({ browserComes: true });
    expect(await open(system)).toBe(0);
    expect(system.redirected).toEqual([home]);
    expect(system.opened).toEqual(["http://127.0.0.1:49152/one-time"]);
    expect([system.stdoutTexts, system.stderrLines, system.copied]).toEqual([[], [], []]);
  });

  test("prints the URL alone with --no-browser, and opens nothing", async () => {
    const system = systemFor();
    expect(await open(system, "--no-browser")).toBe(0);
    expect(system.stdoutTexts).toEqual([`${home}\n`]);
    expect([system.opened, system.redirected, system.copied]).toEqual([[], [], []]);
  });

  test("copies the URL too with --copy", async () => {
    const system = systemFor({ browserComes: true });
    await open(system, "--copy");
    expect(system.copied).toEqual([home]);
    expect(system.opened).toHaveLength(1);
    expect(system.stdoutTexts).toEqual([]);
  });

  const noClipboard = new Failure("failed", "cannot copy to the clipboard: there is no graphical session");

  test("asks for nothing where there is no clipboard to copy to", async () => {
    const checkClipboard = () => Promise.reject(noClipboard);
    const system = fakeSystem({ env: environmentKeys, instead: { checkClipboard } });
    expect((await failureOf(() => open(system, "--copy"))).message).toBe(noClipboard.message);
  });

  test("opens the console although the URL could not be copied, with a warning", async () => {
    const copyToClipboard = () => Promise.reject(noClipboard);
    for (const words of [[], ["--no-browser"]]) {
      const system = systemFor({ browserComes: true, instead: { copyToClipboard } });
      expect(await open(system, "--copy", ...words)).toBe(0);
      expect([system.redirected, system.stdoutTexts]).toEqual(
        words.length === 0 ? [[home], []] : [[], [`${home}\n`]],
      );
      expect(system.stderrLines).toEqual([`aws-login: warning: ${noClipboard.message}`]);
    }
  });

  test("fails when no browser comes within a minute, and does not show the URL", async () => {
    const system = systemFor({ browserComes: false });
    const failure = await failureOf(() => open(system));
    expect(failure.message).toBe(
      "cannot open the console: no browser fetched the sign-in address within 60 seconds",
    );
    expect(failure.hints.join()).toContain("--no-browser");
    expect(system.now() - noon).toBe(60_000);
    expect(shownText(failure)).not.toContain("made");
  });

  test("opens the page that was asked for, in the region that was chosen", async () => {
    const system = systemFor({ env: { ...environmentKeys, AWS_REGION: "us-east-1" } });
    await open(system, "--no-browser", "--destination", "lambda");
    const page = "https://console.aws.amazon.com/lambda/home?region=us-east-1";
    expect(system.stdoutTexts).toEqual([`${urlTo(page)}\n`]);
  });

  test("signs the browser out first with --logout-first", async () => {
    const system = systemFor({ browserComes: true });
    expect(await open(system, "--logout-first")).toBe(0);
    expect(system.redirected).toEqual([
      `https://us-east-1.signin.aws.amazon.com/oauth?Action=logout&redirect_uri=${encodeURIComponent(home)}`,
    ]);
    expect(system.opened).toEqual(["http://127.0.0.1:49152/one-time"]);
  });

  test("asks for nothing with --logout-first in another partition", async () => {
    const role = "arn:aws-cn:iam::222222222222:role/Deploy";
    const system = fakeSystem({ env: environmentKeys });
    const failure = await failureOf(() =>
      run(optionsOf("console", "--assume-roles", role, "--logout-first"), system),
    );
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      "cannot use --logout-first: the logout of the partition aws-cn leads to no other page",
    ]);
  });

  test("opens a container of Firefox at the one-time address", async () => {
    const system = systemFor({ browserComes: true });
    expect(await open(system, "--firefox-container", "Work & play")).toBe(0);
    expect(system.opened).toEqual(["http://127.0.0.1:49152/one-time"]);
    expect(system.profiles).toEqual([{ kind: "firefox-container", name: "Work & play" }]);
  });

  test("asks for nothing for a profile that no browser has", async () => {
    const system = fakeSystem({ env: environmentKeys, home: "/home/me" });
    const failure = await failureOf(() => open(system, "--chrome-profile", "Work"));
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      'cannot use --chrome-profile "Work": no profile of that name in Chrome, Chromium, Brave, Edge',
    ]);
  });

  test("passes the seconds on", async () => {
    const system = systemFor({}, "&SessionDuration=7200");
    expect(await open(system, "--no-browser", "--duration", "7200")).toBe(0);
  });

  test("sends no request for a page that is not of the console", async () => {
    const system = fakeSystem({ env: environmentKeys });
    const failure = await failureOf(() => open(system, "--destination", "https://evil.example/"));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toContain("evil.example does not belong to console.aws.amazon.com");
  });

  test("asks for nothing for a region of another partition, and names both", async () => {
    const system = fakeSystem({ env: environmentKeys });
    const failure = await failureOf(() => open(system, "--region", "us-iso-east-1"));
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      "cannot open the console in us-iso-east-1 (--region): that region belongs to the partition aws-iso, and the credentials to aws",
    ]);
    expect(failure.hints).toEqual(["choose a region of theirs, for example --region us-east-1"]);
  });

  test("asks for nothing, and for no MFA code, for credentials that the console never takes", async () => {
    const system = fakeSystem({ env: environmentKeys });
    const serial = "arn:aws:iam::111111111111:mfa/ana";
    const words = ["--get-session-token", "--mfa-serial", serial, "--mfa-token", "123456"];
    const failure = await failureOf(() => run(optionsOf("console", ...words), system));
    expect(failure.message).toBe("cannot sign in to the console with the credentials of --get-session-token");
    expect([system.requests, system.questions]).toEqual([[], []]);
  });

  test("asks for nothing where the sign-in endpoint that is set cannot be used", async () => {
    const system = fakeSystem({ env: { ...environmentKeys, AWS_ENDPOINT_URL_SIGNIN: "foo" } });
    expect((await failureOf(() => open(system))).message).toContain("AWS_ENDPOINT_URL_SIGNIN");
  });

  test("asks for no sign-in to a page of another partition's console", async () => {
    const system = fakeSystem({ env: environmentKeys });
    const failure = await failureOf(() => open(system, "--destination", "https://console.amazonaws.cn/ec2"));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toContain("console.amazonaws.cn does not belong to console.aws.amazon.com");
  });

  test("asks for nothing where no browser could come, unless none is wanted", async () => {
    const env = { ...environmentKeys, WSL_DISTRO_NAME: "Debian" };
    const failure = await failureOf(() => open(fakeSystem({ env, platform: "linux" })));
    expect(failure.message).toContain("Windows Subsystem for Linux");
    expect(await open(systemFor({ env, platform: "linux" }), "--no-browser")).toBe(0);
  });
});
