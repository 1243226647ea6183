import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/console/console.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../../support/options.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const role = ["--sso-acct-id", "012345678901", "--sso-role-name", "Admin"];
const link = `${startUrl}/#/console?account_id=012345678901&role_name=Admin`;
const config = `[profile p]
sso_start_url = ${startUrl}
sso_region = eu-west-1
sso_account_id = 012345678901
sso_role_name = Admin
region = eu-west-1

[profile q]
source_profile = p
role_arn = arn:aws:iam::222222222222:role/Deploy
`;
const files = { "/home/me/.aws/config": config };

const open = (setup: FakeSetup, ...words: string[]) => {
  const system = fakeSystem({ home: "/home/me", files, ...setup });
  return { system, done: run(optionsOf("console", "--portal-link", ...words), system) };
};

describe("console --portal-link", () => {
  test("opens the link of the role that the options name, and sends nothing", async () => {
    const { system, done } = open({ browserComes: true }, "--start-url", startUrl, ...role);
    expect(await done).toBe(0);
    expect(system.redirected).toEqual([link]);
    expect(system.opened).toEqual(["http://127.0.0.1:49152/one-time"]);
    expect(system.requests).toEqual([]);
  });

  test("prints the link of a profile's role with --no-browser, without the profile's region", async () => {
    const { system, done } = open({}, "--profile", "p", "--no-browser");
    expect(await done).toBe(0);
    expect(system.stdoutTexts).toEqual([`${link}\n`]);
  });

  test("adds the page of --destination in the region of the run", async () => {
    const { system, done } = open({}, "--profile", "p", "--no-browser", "--destination", "s3");
    await done;
    const page = "https://console.aws.amazon.com/s3/home?region=eu-west-1";
    expect(system.stdoutTexts).toEqual([`${link}&destination=${encodeURIComponent(page)}\n`]);
  });

  test("warns about options for a sign-in, which it needs not", async () => {
    const { system, done } = open({}, "--profile", "p", "--no-browser", "--refresh", "on", "--remote");
    await done;
    expect(system.stderrLines).toEqual(
      ["--refresh", "--remote"].map(
        (name) => `aws-login: warning: ${name} has no effect: the browser signs in to the portal itself`,
      ),
    );
  });

  test("refuses what is no role of Identity Center", async () => {
    const keys = await failureOf(() => open({ env: environmentKeys }, "--no-browser").done);
    expect([keys.kind, keys.message]).toEqual([
      "usage",
      expect.stringMatching(/^cannot use --portal-link: .* is not a role of Identity Center$/),
    ]);
    const chained = await failureOf(() => open({}, "--profile", "q", "--no-browser").done);
    expect([chained.kind, chained.message]).toEqual([
      "usage",
      "cannot use --portal-link: a role is assumed after that of Identity Center",
    ]);
  });
});
