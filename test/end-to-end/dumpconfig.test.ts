import { expect, test } from "bun:test";
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { largeDirectory } from "../stand-in/large-directory.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { awsCli } from "./support/aws-cli.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

const session = `[sso-session my-sso]
sso_region = us-east-1
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access
`;

/** Every name that a profile of the sample portal gets, in order. */
const names = [
  "777777777777-PowerUserAccess",
  "Data-Lake---Z-rich------Analyst+Ops_1,2",
  "Data-Lake---Z-rich------ReadOnlyAccess",
  "Shared-Services-AdministratorAccess",
  "Shared-Services-ReadOnlyAccess-099999999999",
  "Shared-Services-ReadOnlyAccess-333333333333",
  "Shared-Services-ReadOnlyAccess-888888888888",
  "my-acct-1-AdministratorAccess",
  "my-acct-1-PowerUserAccess",
  "my-acct-1-ReadOnlyAccess",
  "my-acct-2-ReadOnlyAccess",
];

const namesIn = (text: string) => [...text.matchAll(/^\[profile (.*)\]$/gm)].map(([, name]) => name);

/** Options that give the portal and a token for it. */
function tokenOptions(scene: Scene): readonly string[] {
  return ["--sso-access-token", scene.standIn.signIn().accessToken, "--start-url", startUrl];
}

scenario("dumpconfig prints the portal and a profile for every role of every page", async (scene) => {
  Object.assign(scene.standIn.signInSettings, { pageSize: 2, emptyPages: true });
  const { status, stdout, stderr } = await scene.run(["dumpconfig", ...tokenOptions(scene)]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(namesIn(stdout)).toEqual(names);
  expect(stdout).toStartWith(`# This is your Identity Center portal entry...
${session}
# Profiles for your discovered access...
[profile 777777777777-PowerUserAccess]
sso_session = my-sso
sso_account_id = 777777777777
sso_role_name = PowerUserAccess
#region = us-east-1

[profile Data-Lake---Z-rich------Analyst+Ops_1,2]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = Analyst+Ops_1,2
#region = us-east-1
`);
});

scenario("dumpconfig reads the token and the portal from a token file", async (scene) => {
  const file = await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
  const { status, stdout, stderr } = await scene.run(["dumpconfig", "--accesstoken-cache", file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(session);
});

scenario("dumpconfig without a start URL leaves a line to fill in, and does not write", async (scene) => {
  const token = ["--sso-access-token", scene.standIn.signIn().accessToken];
  const { status, stdout, stderr } = await scene.run(["dumpconfig", ...token]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("\n# sso_start_url = https://YOUR.START.URL.HERE\n");
  expect(await scene.run(["dumpconfig", "--write", ...token])).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "aws-login: error: dumpconfig --write needs the start URL, which the token does not tell\naws-login: hint: name it with --start-url URL\n",
  });
  expect(await readdir(scene.home)).toEqual([]);
});

scenario("dumpconfig --write makes profiles that work, target profiles too", async (scene) => {
  const target = {
    SourceAccountID: "111111111111",
    SourceRoleName: "AdministratorAccess",
    TargetArn: SAMPLE_ROLES.ring,
    TargetAccountName: "ring road",
    Region: "eu-west-1",
  };
  const list = await scene.write("targets.json", JSON.stringify([target]));
  const args = ["dumpconfig", ...tokenOptions(scene), "--target-arn-profiles", `file://${list}`, "--write"];
  const { status, stdout, stderr } = await scene.run(args);
  const path = join(scene.home, ".aws/config");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toBe(`aws-login: wrote ${path} (sections added: ${names.length + 2}, changed: 0)\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);

  // A sign-in as the AWS CLI keeps it is all that is wanting.
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  const plain = await scene.run(["getcallerid", "--profile", "my-acct-1-PowerUserAccess"]);
  expect(JSON.parse(plain.stdout).Arn).toContain("assumed-role/AWSReservedSSO_PowerUserAccess_");
  const role = SAMPLE_ROLES.ring.split("/").at(-1);
  const chained = await scene.run(["getcallerid", "--profile", `ring-road-${role}`]);
  expect(chained.stderr).toBe("");
  expect(JSON.parse(chained.stdout).Arn).toEndWith(`:assumed-role/${role}/aws-login`);
});

scenario("dumpconfig --write replaces the region everywhere", async (scene) => {
  const args = ["dumpconfig", ...tokenOptions(scene), "--write"];
  const path = join(scene.home, ".aws/config");
  const lines = async (start: string) =>
    new Set((await readFile(path, "utf8")).split("\n").filter((line) => line.includes(start)));
  expect((await scene.run(args)).status).toBe(0);
  expect(await lines("region = ")).toEqual(new Set(["sso_region = us-east-1", "#region = us-east-1"]));
  expect((await scene.run([...args, "--region", "eu-west-1"])).status).toBe(0);
  const once = await readFile(path, "utf8");
  expect(await lines("region = ")).toEqual(new Set(["sso_region = us-east-1", "region = eu-west-1"]));
  // What was chosen once stays, where nothing else is.
  for (const more of [["--region", "eu-west-1"], []]) {
    expect((await scene.run([...args, ...more])).stderr).toBe(`aws-login: ${path} is up to date\n`);
  }
  expect(await readFile(path, "utf8")).toBe(once);
});

scenario("dumpconfig names the source profile that a target lacks", async (scene) => {
  const target = { SourceAccountID: "111111111111", SourceRoleName: "Absent", TargetArn: SAMPLE_ROLES.ring };
  const args = ["dumpconfig", ...tokenOptions(scene), "--target-arn-profiles", JSON.stringify(target)];
  expect(await scene.run(args)).toEqual({
    status: 1,
    stdout: "",
    stderr: `aws-login: error: cannot make a profile for ${SAMPLE_ROLES.ring} (target 1 of --target-arn-profiles): its source, Absent in 111111111111, is missing: you have no role Absent in account 111111111111\naws-login: hint: your roles there are: AdministratorAccess, PowerUserAccess, ReadOnlyAccess\n`,
  });
});

scenario(
  "dumpconfig --write leaves the user's own lines, and a link in the place of the file",
  async (scene) => {
    const mine = `\ufeff# my own\r\n[default]\r\nregion = eu-west-1   ; home\r\n\r\n[profile 'my-acct-2-ReadOnlyAccess']\r\nREGION=us-west-2\r\ns3 =\r\n  max_queue = 5\r\n# the end`;
    const real = await scene.write("dotfiles/aws-config", mine);
    await chmod(real, 0o644);
    const link = join(scene.home, ".aws/config");
    await mkdir(dirname(link));
    await symlink("../../dotfiles/aws-config", link);
    const args = ["dumpconfig", ...tokenOptions(scene), "--write"];
    const { status, stdout, stderr } = await scene.run(args);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });

    const written = await readFile(real, "utf8");
    const filled = mine.replace(
      "  max_queue = 5\r\n",
      "  max_queue = 5\r\nsso_session = my-sso\r\nsso_account_id = 222222222222\r\nsso_role_name = ReadOnlyAccess\r\n",
    );
    expect(written).toStartWith(`${filled}\r\n\r\n[sso-session my-sso]\r\n`);
    expect(written.replaceAll("\r\n", "")).not.toContain("\n");
    expect(await readlink(link)).toBe("../../dotfiles/aws-config");
    expect((await stat(real)).mode & 0o777).toBe(0o644);
    const [backup = "", ...others] = (await readdir(dirname(link))).filter((name) => name !== "config");
    expect(others).toEqual([]);
    expect(backup).toMatch(/^config\.\d{8}T\d{6}Z\.bak$/);
    expect(await readFile(join(dirname(link), backup), "utf8")).toBe(mine);
    expect((await stat(join(dirname(link), backup))).mode & 0o777).toBe(0o644);
    expect(stderr).toEndWith(`; the file as it was is ${join(dirname(link), backup)}\n`);

    const { mtimeMs } = await stat(real);
    const again = await scene.run(args);
    expect(again).toEqual({ status: 0, stdout: "", stderr: `aws-login: ${link} is up to date\n` });
    expect((await stat(real)).mtimeMs).toBe(mtimeMs);
    expect((await readdir(dirname(link))).length).toBe(2);
  },
);

scenario(
  "dumpconfig --write leaves profiles with another source, and reports each change of an identity",
  async (scene) => {
    const config = `[profile my-acct-1-PowerUserAccess]
credential_process = mine
[profile my-acct-2-ReadOnlyAccess]
sso_account_id = 999999999999
`;
    const file = await scene.write("home/.aws/config", config);
    const credentials = await scene.write(
      "home/.aws/credentials",
      "[my-acct-1-ReadOnlyAccess]\naws_access_key_id = AKIAEXAMPLE\n",
    );
    const args = ["dumpconfig", ...tokenOptions(scene), "--write"];
    const first = await scene.run(args);
    const left = [
      `aws-login: warning: [profile my-acct-1-PowerUserAccess] is left as it is: it has a source of its own, credential_process (${file}:2); rename it to have both\n`,
      `aws-login: warning: [profile my-acct-1-ReadOnlyAccess] is left as it is: it has a source of its own, aws_access_key_id (${credentials}:2); rename it to have both\n`,
    ].join("");
    const change = `aws-login: warning: in ${file} the sso_account_id of [profile my-acct-2-ReadOnlyAccess] was 999999999999 and is 222222222222 now\n`;
    expect(first).toMatchObject({ status: 0, stdout: "" });
    expect(first.stderr).toStartWith(
      `${left}${change}aws-login: wrote ${file} (sections added: ${names.length - 2}, changed: 1); `,
    );
    const written = await readFile(file, "utf8");
    expect(written).toStartWith(config.replace("999999999999", "222222222222"));
    expect(namesIn(written)).not.toContain("my-acct-1-ReadOnlyAccess");
    expect(await scene.run(args)).toEqual({
      status: 0,
      stdout: "",
      stderr: `${left}aws-login: ${file} is up to date\n`,
    });
    expect(await readFile(file, "utf8")).toBe(written);
  },
);

scenario("dumpconfig --write leaves the profiles of another portal", async (scene) => {
  const first = `[sso-session first]
sso_region = us-east-1
sso_start_url = https://d-0987654321.awsapps.com/start
[profile my-acct-1-PowerUserAccess]
sso_session = first
sso_account_id = 999999999999
sso_role_name = PowerUserAccess
`;
  const file = await scene.write("home/.aws/config", first);
  const args = ["dumpconfig", ...tokenOptions(scene), "--write"];
  expect((await scene.run(args)).status).toBe(0);
  const written = await readFile(file, "utf8");
  expect(written).toStartWith(first);
  expect(written).toContain("[profile my-acct-1-PowerUserAccess-111111111111]\nsso_session = my-sso\n");
  const again = await scene.run(args);
  expect(again).toEqual({ status: 0, stdout: "", stderr: `aws-login: ${file} is up to date\n` });
});

scenario("dumpconfig --write refuses a session that profiles of another portal use", async (scene) => {
  const config = `[sso-session my-sso]
sso_start_url = https://d-0987654321.awsapps.com/start
[profile other]
sso_session = my-sso
sso_account_id = 999999999999
sso_role_name = Admin
`;
  const file = await scene.write("home/.aws/config", config);
  const { status, stdout, stderr } = await scene.run(["dumpconfig", ...tokenOptions(scene), "--write"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toStartWith(
    `aws-login: error: cannot write [sso-session my-sso] in ${file}: it is for https://d-0987654321.awsapps.com/start, and profiles use it: other\n`,
  );
  expect(await readFile(file, "utf8")).toBe(config);
});

scenario("dumpconfig --write writes the file that AWS_CONFIG_FILE names", async (scene) => {
  const file = join(scene.root, "elsewhere/my.cfg");
  const { status } = await scene.run(["dumpconfig", ...tokenOptions(scene), "--write"], {
    AWS_CONFIG_FILE: file,
  });
  expect(status).toBe(0);
  expect(namesIn(await readFile(file, "utf8"))).toEqual(names);
  expect((await readdir(scene.home)).filter((name) => name === ".aws")).toEqual([]);
});

scenario("dumpconfig --write leaves a malformed file, and makes no request", async (scene) => {
  const file = await scene.write("home/.aws/config", "[default]\nregion\n");
  const args = ["dumpconfig", ...tokenOptions(scene), "--write"];
  const { status, stdout, stderr } = await scene.run(args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toStartWith(`aws-login: error: cannot parse ${file}: line 2 has no = between`);
  expect(await readdir(dirname(file))).toEqual(["config"]);
  expect(scene.standIn.requests).toEqual([]);
});

scenario(
  "dumpconfig lists two hundred accounts although it is throttled",
  async (scene) => {
    scene.standIn.replaceAccounts(largeDirectory(200, 3));
    Object.assign(scene.standIn.signInSettings, { latency: 50, rateLimit: { perSecond: 100, burst: 10 } });
    const { status, stdout, stderr } = await scene.run(["dumpconfig", ...tokenOptions(scene)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(namesIn(stdout)).toHaveLength(600);
    expect(scene.standIn.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  },
  { waits: true },
);

scenario(
  "dumpconfig renews a token that ends while it lists, and goes on",
  async (scene) => {
    scene.standIn.replaceAccounts(largeDirectory(100, 1));
    Object.assign(scene.standIn.signInSettings, { latency: 20, rateLimit: { perSecond: 50, burst: 5 } });
    const file = await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
    const running = scene.start(["dumpconfig", "--accesstoken-cache", file]);
    await until(async () => scene.standIn.requests[20]);
    scene.standIn.revokeAccessTokens();
    const { status, stdout, stderr } = await running.ended;
    expect(status).toBe(0);
    expect(namesIn(stdout)).toHaveLength(100);
    expect(stderr).toBe(
      `aws-login: warning: the refresh token in ${file} is spent now: sign in again before the file is used next, or use importcache\n`,
    );
    const renewals = scene.standIn.requests.filter(({ path }) => path === "/token");
    expect(renewals).toHaveLength(1);
  },
  { waits: true },
);

scenario("dumpconfig ends with status 4 when the portal refuses the token that was given", async (scene) => {
  const { status, stdout } = await scene.run(["dumpconfig", "--sso-access-token", "made-up"]);
  expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
});

const beside = "the AWS CLI finds in every profile what dumpconfig --write put there";
if (awsCli === undefined) test.skip(`${beside} (AWS CLI version 2 is not installed)`, () => {});
else {
  scenario(beside, async (scene) => {
    await scene.run(["dumpconfig", ...tokenOptions(scene), "--write", "--region", "eu-west-1"]);
    const listed = await scene.bash(`${awsCli} configure list-profiles`);
    expect(listed.stdout.trim().split("\n").toSorted()).toEqual(names.toSorted());
    for (const name of names.filter((each) => each.startsWith("Data"))) {
      const { stdout } = await scene.bash(`${awsCli} configure get sso_account_id --profile '${name}'`);
      expect(stdout).toBe("012345678901\n");
    }
  });
}
