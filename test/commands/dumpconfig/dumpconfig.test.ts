import { describe, expect, test } from "bun:test";
import { parse } from "../../../src/cli/parse.ts";
import { run } from "../../../src/commands/dumpconfig/dumpconfig.ts";
import { failureOf } from "../../support/failure.ts";
import { json } from "../../support/fake-portal.ts";
import { type FakeSetup, type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const portal = "https://portal.sso.us-east-1.amazonaws.com/assignment";
const startUrl = "https://d-1234567890.awsapps.com/start";

function options(...args: string[]) {
  const invocation = parse(["dumpconfig", "--sso-access-token", "made-up-token", ...args]);
  if (!("options" in invocation)) throw new Error("the arguments are no command");
  return invocation.options;
}

const home = { env: { HOME: "/home/me" } };

function expectAccounts(system: FakeSystem, accountList: readonly object[]): void {
  system.expect("GET", `${portal}/accounts?max_result=100`, json(200, { accountList }));
}

function expectRoles(system: FakeSystem, accountId: string, ...names: string[]): void {
  const roleList = names.map((roleName) => ({ roleName, accountId }));
  system.expect("GET", `${portal}/roles?account_id=${accountId}&max_result=100`, json(200, { roleList }));
}

const dev = { accountId: "012345678901", accountName: "dev" };

describe("dumpconfig", () => {
  test("dumpconfig prints a profile for each role, and nothing on stderr", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    expect(await run(options("--start-url", startUrl), system)).toBe(0);
    expect(system.stdoutTexts).toEqual([
      `# This is your Identity Center portal entry...
[sso-session my-sso]
sso_region = us-east-1
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access

# Profiles for your discovered access...
[profile dev-Ops]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = Ops
#region = us-east-1
`,
    ]);
    expect(system.stderrLines).toEqual([]);
  });

  test("dumpconfig names the section and the regions as the options say", async () => {
    const system = fakeSystem(home);
    system.expect(
      "GET",
      "https://portal.sso.eu-central-1.amazonaws.com/assignment/accounts?max_result=100",
      json(200, { accountList: [dev] }),
    );
    system.expect(
      "GET",
      "https://portal.sso.eu-central-1.amazonaws.com/assignment/roles?account_id=012345678901&max_result=100",
      json(200, { roleList: [{ roleName: "Ops" }] }),
    );
    const told = ["--sso-region", "eu-central-1", "--sso-session-name", "corp", "--region", "eu-west-1"];
    await run(options(...told), system);
    const [text = ""] = system.stdoutTexts;
    expect(text).toContain("[sso-session corp]\nsso_region = eu-central-1\n# sso_start_url = https://YOUR");
    expect(text).toContain("sso_session = corp\n");
    expect(text).toContain("\nregion = eu-west-1\n");
  });

  test("dumpconfig keeps the name of the section that --sso-session names, and takes the portal from it", async () => {
    const token = { accessToken: "made-up-token", expiresAt: "2030-02-01T00:00:00Z" };
    const name = new Bun.CryptoHasher("sha1").update("corp").digest("hex");
    const system = fakeSystem({
      ...home,
      files: {
        "/home/me/.aws/config": `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`,
        [`/home/me/.aws/sso/cache/${name}.json`]: JSON.stringify(token),
      },
    });
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    const invocation = parse(["dumpconfig", "--sso-session", "corp"]);
    if ("options" in invocation) await run(invocation.options, system);
    expect(system.stdoutTexts[0]).toContain(
      `[sso-session corp]\nsso_region = us-east-1\nsso_start_url = ${startUrl}\n`,
    );
    expect(system.stdoutTexts[0]).toContain("sso_session = corp\n");
  });

  test("dumpconfig adds profiles for target roles", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    const target = {
      SourceAccountID: dev.accountId,
      SourceRoleName: "Ops",
      TargetArn: "arn:aws:iam::222222222222:role/team/Deploy",
    };
    await run(options("--target-arn-profiles", JSON.stringify([target])), system);
    expect(system.stdoutTexts[0]).toContain(`[profile 222222222222-Deploy]
source_profile = dev-Ops
role_arn = arn:aws:iam::222222222222:role/team/Deploy
role_session_name = aws-login
#region = us-east-1
`);
  });

  test("dumpconfig refuses a target whose source role is missing, and prints nothing", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    const target = {
      SourceAccountID: dev.accountId,
      SourceRoleName: "Admin",
      TargetArn: "arn:aws:iam::222222222222:role/Deploy",
    };
    const failure = await failureOf(() =>
      run(options("--target-arn-profiles", JSON.stringify(target)), system),
    );
    expect(failure.message).toContain("its source, Admin in 012345678901, is missing");
    expect(system.stdoutTexts).toEqual([]);
  });

  test("dumpconfig makes no request when the list of targets is wrong", async () => {
    const system = fakeSystem(home);
    const failure = await failureOf(() => run(options("--target-arn-profiles", "[1]"), system));
    expect(failure.kind).toBe("usage");
    expect(system.requests).toEqual([]);
  });

  test("dumpconfig leaves out an account that the portal refuses, with a warning", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, [dev, { accountId: "222222222222", accountName: "gone" }]);
    expectRoles(system, dev.accountId, "Ops");
    system.expect(
      "GET",
      `${portal}/roles?account_id=222222222222&max_result=100`,
      json(403, { message: "No access" }, { "x-amzn-errortype": "ForbiddenException" }),
    );
    expect(await run(options(), system)).toBe(0);
    expect(system.stdoutTexts[0]).toContain("[profile dev-Ops]");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: account 222222222222 is left out: cannot list your roles in account 222222222222 (gone): ForbiddenException: No access",
    ]);
  });

  test("dumpconfig leaves out a role whose name cannot stand in the file, with a warning", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops", "#Admin");
    expect(await run(options(), system)).toBe(0);
    expect(system.stdoutTexts[0]).toContain("[profile dev-Ops]");
    expect(system.stdoutTexts[0]).not.toContain("Admin");
    expect(system.stderrLines).toEqual([
      'aws-login: warning: the role "#Admin" of account 012345678901 is left out: its name cannot stand in a config file',
    ]);
  });

  test("dumpconfig warns when there is no role", async () => {
    const system = fakeSystem(home);
    expectAccounts(system, []);
    expect(await run(options(), system)).toBe(0);
    expect(system.stdoutTexts[0]).not.toContain("[profile");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: you have no role in any account of this portal",
    ]);
  });

  test("dumpconfig shows a line on a terminal while it lists, and removes it", async () => {
    const written: string[] = [];
    const system = fakeSystem({
      ...home,
      instead: { stderrIsTerminal: async () => true, stderrText: (text) => written.push(text) },
    });
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    await run(options(), system);
    expect(written[0]).toBe("\raws-login: listing your roles: 0 of 1 accounts, 0 roles");
    expect(written.at(-1)).toMatch(/^\r +\r$/);
  });

  test("dumpconfig shows no number of accounts that grows", async () => {
    const written: string[] = [];
    let now = 0;
    const system = fakeSystem({
      ...home,
      instead: {
        now: () => {
          now += 1000;
          return now;
        },
        stderrIsTerminal: async () => true,
        stderrText: (text) => written.push(text),
      },
    });
    system.expect(
      "GET",
      `${portal}/accounts?max_result=100`,
      json(200, { accountList: [dev], nextToken: "two" }),
    );
    system.expect(
      "GET",
      `${portal}/accounts?max_result=100&next_token=two`,
      json(200, { accountList: [{ accountId: "222222222222", accountName: "prod" }] }),
    );
    expectRoles(system, dev.accountId, "Ops");
    expectRoles(system, "222222222222", "Ops");
    await run(options(), system);
    const totals = written.flatMap((text) => text.match(/of (\d+) accounts/)?.[1] ?? []);
    expect(written[0]).toContain("listing your roles: 0 accounts");
    expect(new Set(totals)).toEqual(new Set(["2"]));
  });

  test("dumpconfig warns about a session name that other SDKs cannot read", async () => {
    const token = { accessToken: "made-up-token", expiresAt: "2030-02-01T00:00:00Z" };
    const name = new Bun.CryptoHasher("sha1").update("My Corp").digest("hex");
    const system = fakeSystem({
      ...home,
      files: {
        "/home/me/.aws/config": `[sso-session 'My Corp']\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`,
        [`/home/me/.aws/sso/cache/${name}.json`]: JSON.stringify(token),
      },
    });
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    const invocation = parse(["dumpconfig", "--sso-session", "My Corp"]);
    if ("options" in invocation) await run(invocation.options, system);
    expect(system.stdoutTexts[0]).toContain("[sso-session 'My Corp']\n");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: the AWS SDKs for Go and JavaScript cannot read [sso-session 'My Corp']: its name holds a blank (--sso-session-name gives it another)",
    ]);
  });

  test("dumpconfig removes the line also when it fails", async () => {
    const written: string[] = [];
    const system = fakeSystem({
      ...home,
      instead: { stderrIsTerminal: async () => true, stderrText: (text) => written.push(text) },
    });
    expectAccounts(system, [dev]);
    const roles = `${portal}/roles?account_id=${dev.accountId}&max_result=100`;
    system.expect(
      "GET",
      roles,
      json(400, { message: "no" }, { "x-amzn-errortype": "InvalidRequestException" }),
    );
    await failureOf(() => run(options(), system));
    expect(written.at(-1)).toMatch(/^\r +\r$/);
  });

  test("dumpconfig --verbose shows no progress line", async () => {
    const system = fakeSystem({ ...home, instead: { stderrIsTerminal: async () => true } });
    expectAccounts(system, []);
    await run(options("--verbose"), system);
    expect(system.stderrLines.join("\n")).toContain("ListAccounts: 200");
  });
});

describe("dumpconfig --write", () => {
  const path = "/home/me/.aws/config";

  function writing(text: string | undefined, setup: FakeSetup = {}) {
    const written: string[] = [];
    const copies: string[] = [];
    const system = fakeSystem({
      ...home,
      ...setup,
      files: text === undefined ? {} : { [path]: text },
      instead: {
        readBytes: async () => (text === undefined ? undefined : new TextEncoder().encode(text)),
        replaceFile: async (_path, content) => {
          written.push(content);
        },
        copyFile: async (_from, to) => {
          copies.push(to);
          return true;
        },
        listFolder: async () => [],
        makeFolder: async () => {},
        checkFolder: async () => {},
        withLock: async (_path, _wait, work) => ({ kind: "done", value: await work() }),
      },
    });
    return { system, written, copies };
  }

  test("dumpconfig --write merges, prints nothing, and reports the changes on stderr", async () => {
    const { system, written, copies } = writing("# mine\n[profile dev-Ops]\noutput = json\n");
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    expect(await run(options("--start-url", startUrl, "--write"), system)).toBe(0);
    expect(system.stdoutTexts).toEqual([]);
    expect(written).toEqual([
      `# mine
[profile dev-Ops]
output = json
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = Ops

[sso-session my-sso]
sso_region = us-east-1
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access
`,
    ]);
    expect(system.stderrLines).toEqual([
      `aws-login: wrote ${path} (sections added: 1, changed: 1); the file as it was is ${copies[0]}`,
    ]);
  });

  test("dumpconfig --write leaves a profile with another source, and says where it is", async () => {
    const { system, written } = writing("[profile dev-Ops]\naws_access_key_id = AKIA\n");
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    await run(options("--start-url", startUrl, "--write"), system);
    expect(written[0]).toStartWith("[profile dev-Ops]\naws_access_key_id = AKIA\n\n[sso-session my-sso]\n");
    expect(system.stderrLines[0]).toBe(
      `aws-login: warning: [profile dev-Ops] is left as it is: it has a source of its own, aws_access_key_id (${path}:2); rename it to have both`,
    );
  });

  test("dumpconfig --write says that nothing changed", async () => {
    const { system, written } = writing(
      `[sso-session my-sso]\nsso_region = us-east-1\nsso_start_url = ${startUrl}\nsso_registration_scopes = sso:account:access\n`,
    );
    expectAccounts(system, [{ ...dev }]);
    expectRoles(system, dev.accountId);
    await run(options("--start-url", startUrl, "--write"), system);
    expect(written).toEqual([]);
    expect(system.stderrLines.at(-1)).toBe(`aws-login: ${path} is up to date`);
  });

  for (const [before, isOther] of [
    ["https://d-0987654321.awsapps.com/start", true],
    [`${startUrl}/#/`, false],
  ] as const) {
    test(`dumpconfig --write ${isOther ? "warns" : "does not warn"} when a section that was for ${before} changes`, async () => {
      const { system, written } = writing(`[sso-session my-sso]\nsso_start_url = ${before}\n`);
      expectAccounts(system, [dev]);
      expectRoles(system, dev.accountId, "Ops");
      await run(options("--start-url", startUrl, "--write"), system);
      expect(written[0]).toContain(`[sso-session my-sso]\nsso_start_url = ${startUrl}\n`);
      const warning = `aws-login: warning: [sso-session my-sso] was for ${before}: whatever uses it signs in to ${startUrl} now (--sso-session-name gives a section of its own)`;
      expect(system.stderrLines.includes(warning)).toBe(isOther);
    });
  }

  test("dumpconfig --write leaves the profiles of another portal, and names its own by the account id", async () => {
    const first = `[sso-session first]
sso_region = us-east-1
sso_start_url = https://d-0987654321.awsapps.com/start
[profile dev-Ops]
sso_session = first
sso_account_id = 111111111111
sso_role_name = Ops
`;
    const { system, written } = writing(first);
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId, "Ops");
    await run(options("--start-url", startUrl, "--write"), system);
    expect(written[0]).toStartWith(first);
    expect(written[0]).toContain("[profile dev-Ops-012345678901]\nsso_session = my-sso\n");
  });

  test("dumpconfig --write says that it changes the region of the session", async () => {
    const { system } = writing(
      `[sso-session my-sso]\nsso_region = eu-west-1\nsso_start_url = ${startUrl}\nsso_registration_scopes = sso:account:access\n`,
    );
    expectAccounts(system, [dev]);
    expectRoles(system, dev.accountId);
    await run(options("--start-url", startUrl, "--write"), system);
    expect(system.stderrLines).toContain(
      "aws-login: warning: the sso_region of [sso-session my-sso] was eu-west-1 and is us-east-1 now, the region of this sign-in",
    );
  });

  test("dumpconfig --write refuses before any request when the start URL is unknown", async () => {
    const { system } = writing("");
    const failure = await failureOf(() => run(options("--write"), system));
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      "dumpconfig --write needs the start URL, which the token does not tell",
    ]);
    expect(system.requests).toEqual([]);
  });

  test("dumpconfig --write refuses before any request when the file is malformed", async () => {
    const { system, written } = writing("[default]\nregion\n");
    const failure = await failureOf(() => run(options("--start-url", startUrl, "--write"), system));
    expect(failure.message).toBe(`cannot parse ${path}: line 2 has no = between a name and a value`);
    expect([system.requests, written]).toEqual([[], []]);
  });
});
