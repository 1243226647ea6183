import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsCli } from "../end-to-end/support/aws-cli.ts";
import { type Ended, start } from "../end-to-end/support/run.ts";
import { until } from "../end-to-end/support/until.ts";
import { SAMPLE_IDENTITY_CENTER } from "./sample-identity-center.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

/** That the stand-in is like AWS is seen best by a client that was made for AWS. */

const LIMIT = 60_000;
const { startUrl, region, user } = SAMPLE_IDENTITY_CENTER;

const CONFIG = `[sso-session my-sso]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access

[profile reader]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = ReadOnlyAccess
region = eu-west-1

[profile unknown]
sso_session = my-sso
sso_account_id = 123456789012
sso_role_name = ReadOnlyAccess
region = eu-west-1

[profile legacy]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_account_id = 111111111111
sso_role_name = AdministratorAccess
region = us-east-1

[profile chained]
role_arn = ${SAMPLE_ROLES.reader}
source_profile = legacy
role_session_name = tester
region = us-east-1
`;

/** From 2.22 on the CLI signs in by authorization code unless told otherwise; before that it knows devices only. */
const knowsCodes = awsCli !== undefined && isFrom(awsCli, 22);

function isFrom(program: string, minor: number): boolean {
  const { stdout } = Bun.spawnSync([program, "--version"], { stderr: "ignore" });
  return Number(/^aws-cli\/2\.(\d+)\./.exec(stdout.toString())?.[1]) >= minor;
}

const name = awsCli === undefined ? "the AWS CLI, version 2, which is not installed" : "the AWS CLI";

describe.skipIf(awsCli === undefined)(name, () => {
  let standIn: StandIn;
  let home: string;

  beforeEach(async () => {
    standIn = await startStandIn({ world: SAMPLE_WORLD });
    home = await mkdtemp(join(tmpdir(), "aws-cli-"));
    await mkdir(join(home, ".aws"));
    await writeFile(join(home, ".aws/config"), CONFIG);
    await standIn.writeCa(join(home, "ca.pem"));
  });
  afterEach(async () => {
    await standIn.stop();
    await rm(home, { recursive: true });
  });

  const aws = (...args: string[]): Promise<Ended> => {
    const env = {
      BROWSER: join(home, "browser"),
      HOME: home,
      PATH: "/usr/bin:/bin",
      ...standIn.proxyEnv(join(home, "ca.pem")),
      // Some versions of the CLI cannot read a metadata address that does not end in a slash.
      AWS_EC2_METADATA_SERVICE_ENDPOINT: undefined,
      AWS_EC2_METADATA_DISABLED: "true",
    };
    return start([awsCli ?? "aws", ...args], env, home).ended;
  };
  const byDevice = knowsCodes ? ["--use-device-code"] : [];
  const login = (...args: string[]) => aws("sso", "login", "--no-browser", ...byDevice, ...args);
  const callerArn = (profile: string) =>
    aws("sts", "get-caller-identity", "--query", "Arn", "--output", "text", "--profile", profile);
  const actions = () => standIn.requests.map(({ action, status }) => `${action} ${status}`);

  test(
    "signs in by device code, uses a role, and logs out",
    async () => {
      const ended = login("--profile", "reader");
      const userCode = await until(async () => standIn.pendingDevices()[0]);
      await until(async () => (actions().includes("CreateToken 400") ? true : undefined));
      standIn.approveDevice(userCode);
      const { status, stdout } = await ended;
      expect(status).toBe(0);
      expect(stdout).toContain(`${startUrl}/device?user_code=${userCode}`);
      const role = /^arn:aws:sts::012345678901:assumed-role\/AWSReservedSSO_ReadOnlyAccess_\w{16}\/(.*)\n$/;
      expect(role.exec((await callerArn("reader")).stdout)?.[1]).toBe(user);
      const refused = await callerArn("unknown");
      expect(refused.stderr).toContain("(ForbiddenException) when calling the GetRoleCredentials operation");
      expect((await aws("sso", "logout")).status).toBe(0);
      const cached = await readdir(join(home, ".aws/cli/cache"));
      expect(cached.filter((file) => file.endsWith(".json"))).toEqual([]);
      expect(actions().filter((line) => !line.startsWith("CreateToken 400"))).toEqual([
        "RegisterClient 200",
        "StartDeviceAuthorization 200",
        "CreateToken 200",
        "GetRoleCredentials 200",
        "GetCallerIdentity 200",
        "GetRoleCredentials 403",
        "Logout 200",
      ]);
    },
    LIMIT,
  );

  test(
    "refreshes its token when less than a quarter of an hour is left",
    async () => {
      standIn.signInSettings.autoApprove = true;
      standIn.signInSettings.accessTokenLife = 14 * 60;
      expect((await login("--profile", "reader")).status).toBe(0);
      standIn.signInSettings.accessTokenLife = 3600;
      expect((await callerArn("reader")).status).toBe(0);
      const grants = standIn.requests
        .filter(({ action, status }) => action === "CreateToken" && status === 200)
        .map(({ body }) => /"grantType": ?"([^"]+)"/.exec(body)?.[1]);
      expect(grants).toEqual(["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]);
    },
    LIMIT,
  );

  test(
    "takes a legacy profile as the source of a role",
    async () => {
      standIn.signInSettings.autoApprove = true;
      expect((await login("--profile", "legacy")).status).toBe(0);
      const { stdout } = await callerArn("chained");
      expect(stdout).toBe("arn:aws:sts::012345678901:assumed-role/Reader/tester\n");
    },
    LIMIT,
  );

  test.skipIf(!knowsCodes)(
    "(needs version 2.22) signs in by authorization code with a browser that follows the redirect",
    async () => {
      standIn.signInSettings.autoApprove = true;
      // The CLI begins to listen only once the browser's program has ended.
      const fetched = `curl --silent --location --cacert ${home}/ca.pem --noproxy 127.0.0.1 "$1"`;
      await writeFile(join(home, "browser"), `#!/bin/sh\n${fetched} > page 2>&1 &\n`, { mode: 0o755 });
      expect((await aws("sso", "login", "--profile", "reader")).status).toBe(0);
      expect((await callerArn("reader")).stdout).toEndWith(`/${user}\n`);
      expect(actions()).toEqual([
        "RegisterClient 200",
        "Authorize 302",
        "CreateToken 200",
        "GetRoleCredentials 200",
        "GetCallerIdentity 200",
      ]);
    },
    LIMIT,
  );

  test(
    "follows pages, empty ones too, and names the error of a wrong region",
    async () => {
      Object.assign(standIn.signInSettings, { emptyPages: true, pageSize: 3 });
      const { accessToken } = standIn.signIn();
      const list = (where: string) =>
        aws("sso", "list-accounts", "--access-token", accessToken, "--region", where);
      const { accountList } = JSON.parse((await list(region)).stdout);
      expect(accountList).toHaveLength(7);
      expect((await list("eu-west-1")).stderr).toContain("(UnauthorizedException)");
    },
    LIMIT,
  );
});
