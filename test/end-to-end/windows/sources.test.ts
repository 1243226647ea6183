/** Every credential source, as the released Windows executable uses it under Wine. */
import { expect } from "bun:test";
import { createHash, generateKeyPairSync } from "node:crypto";
import { dirname } from "node:path";
import { SAMPLE_KEYS, SAMPLE_ROLES, SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "../support/identities.ts";
import { config, operations, sessionToken, tokenFile } from "../support/sign-ins.ts";
import { expectSameFailure } from "./support/same-message.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";
import { windowsPath } from "./support/wine.ts";

const { jump, ring, reader, machine } = SAMPLE_ROLES;
const ana = "arn:aws:iam::111111111111:user/ana";

/** Text as Windows's editors write it. */
const inWindows = (text: string) => text.replaceAll("\n", "\r\n");

async function writeConfig(scene: WindowsScene, text: string): Promise<void> {
  await scene.write("home/.aws/config", inWindows(text));
}

async function expectCaller(scene: WindowsScene, profile: string, stdout: string): Promise<void> {
  const ended = await scene.run(["getcallerid", "--profile", profile]);
  expect(ended).toEqual({ status: 0, stdout, stderr: "" });
}

async function callerArn(scene: WindowsScene, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await scene.run(["getcallerid", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout).Arn;
}

windowsScenario("variables count whatever the case of their names", async (scene) => {
  const env = { aws_access_key_id: ANA.AWS_ACCESS_KEY_ID, Aws_Secret_Access_Key: ANA.AWS_SECRET_ACCESS_KEY };
  const { status, stdout, stderr } = await scene.run(["getcallerid"], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).Arn).toBe(ana);
});

windowsScenario("keys of the credentials file, with a byte order mark and CRLF", async (scene) => {
  await scene.write("home/.aws/credentials", inWindows(`\uFEFF[dev]\n${keyLines(SAMPLE_KEYS.ana)}`));
  expect(await callerArn(scene, ["--profile", "dev"])).toBe(ana);
});

windowsScenario("a home whose path has blanks and letters beyond ASCII", async (scene) => {
  const home = await scene.write("Jürgen Müller 東/.aws/credentials", `[dev]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const env = { WINDOWS_USERPROFILE: windowsPath(dirname(dirname(home))) };
  const helper = [
    "dumpcreds",
    "--credential-helper",
    "--use-cache",
    "--profile",
    "dev",
    "--assume-roles",
    jump,
  ];
  const first = await scene.run(helper, env);
  expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
  expect(await scene.run(helper, env)).toEqual(first);
  expect(scene.standIn.requests).toHaveLength(1);
  for (const file of ["~\\.aws\\credentials", "~/.aws/credentials"]) {
    const args = ["getcallerid", "--profile", "dev"];
    const ended = await scene.run(args, { ...env, AWS_SHARED_CREDENTIALS_FILE: file });
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  }
});

windowsScenario("files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name", async (scene) => {
  const config = await scene.write("work/my config", inWindows("[profile dev]\nregion = eu-west-1\n"));
  await scene.write("work/sub/keys", inWindows(`[dev]\n${keyLines(SAMPLE_KEYS.ana)}`));
  const env = { AWS_CONFIG_FILE: windowsPath(config), AWS_SHARED_CREDENTIALS_FILE: "sub\\keys" };
  const { status, stderr } = await scene.run(["getcallerid", "--profile", "dev"], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.eu-west-1.amazonaws.com"]);
});

windowsScenario("a role over the keys of source_profile, and one over that", async (scene) => {
  await scene.write("home/.aws/credentials", inWindows(`[ana]\n${keyLines(SAMPLE_KEYS.ana)}`));
  await writeConfig(
    scene,
    `[profile ring]\nrole_arn = ${ring}\nsource_profile = ana\n` +
      `[profile reader]\nrole_arn = ${reader}\nsource_profile = ring\n`,
  );
  await expectCaller(scene, "reader", callerOf(scene.standIn, reader));
  const actions = scene.standIn.requests.map(({ action }) => action);
  expect(actions).toEqual(["AssumeRole", "AssumeRole", "GetCallerIdentity"]);
});

windowsScenario("an Identity Center session of the AWS CLI, renewed in its own file", async (scene) => {
  await writeConfig(scene, config);
  const path = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  expect(await callerArn(scene, ["--profile", "s"])).toContain("assumed-role/AWSReservedSSO_ReadOnlyAccess_");
  expect(operations(scene)).toEqual(["CreateToken 200", "GetRoleCredentials 200"]);
  const renewed = await Bun.file(path).json();
  expect(Date.parse(renewed.expiresAt)).toBeGreaterThan(Date.now());
  await callerArn(scene, ["--profile", "s"]);
  expect(operations(scene).slice(2)).toEqual(["GetRoleCredentials 200"]);
});

windowsScenario("a legacy Identity Center profile without a sign-in names the command", async (scene) => {
  await writeConfig(scene, config);
  const args = ["dumpcreds", "--credential-helper", "--profile", "old"];
  const stderr = await expectSameFailure(scene, args, 4);
  expect(stderr).toContain("aws-login login --profile old");
});

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const login = {
  user: ana,
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "made-up-refresh",
  key: { x, y },
};

windowsScenario(
  "a login_session whose keys have expired is renewed, and stored for the AWS CLI",
  async (scene) => {
    await writeConfig(scene, `[profile dev]\nlogin_session = ${ana}\nregion = eu-west-1\n`);
    const accessToken = {
      accessKeyId: "ASIAOLD",
      secretAccessKey: "made-up-old-secret",
      sessionToken: "made-up-old-token",
      accountId: "111111111111",
      expiresAt: "2020-01-01T00:00:00Z",
    };
    const { clientId, refreshToken } = login;
    const dpopKey = privateKey.export({ type: "sec1", format: "pem" });
    const name = createHash("sha256").update(ana).digest("hex");
    const file = await scene.write(
      `home/.aws/login/cache/${name}.json`,
      JSON.stringify({ accessToken, tokenType: "aws_sigv4", clientId, refreshToken, dpopKey }),
    );
    expect(await callerArn(scene, ["--profile", "dev"])).toBe(ana);
    const kept = await Bun.file(file).json();
    expect(kept.accessToken.accessKeyId).toMatch(/^ASIA(?!OLD)/);
    expect(kept.refreshToken).not.toBe(refreshToken);
  },
  { world: { ...SAMPLE_WORLD, logins: [login] } },
);

const token = "made-up.web-identity.token";

windowsScenario(
  "a web identity token in a file with a blank in its path",
  async (scene) => {
    const file = windowsPath(await scene.write("run/my token", token));
    await writeConfig(scene, `[profile pod]\nrole_arn = ${ring}\nweb_identity_token_file = ${file}\n`);
    const args = ["getcallerid", "--profile", "pod", "--role-session-name", "me"];
    const stdout = callerOf(scene.standIn, ring, "me");
    expect(await scene.run(args)).toEqual({ status: 0, stdout, stderr: "" });
    const env = { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: ring, AWS_ROLE_SESSION_NAME: "pod-7" };
    const ofPod = callerOf(scene.standIn, ring, "pod-7");
    expect(await scene.run(["getcallerid"], env)).toEqual({ status: 0, stdout: ofPod, stderr: "" });
  },
  { world: { ...SAMPLE_WORLD, webIdentities: [{ token, roles: [ring] }] } },
);

windowsScenario("a web identity token file that does not exist is named", async (scene) => {
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: "none", AWS_ROLE_ARN: ring };
  expect(await expectSameFailure(scene, ["getcallerid"], 1, env)).toContain("none");
});

const path = "/v2/credentials/made-up-task-id";
const authorization = "made-up-token-of-the-agent";

windowsScenario(
  "the agent of a container, past the proxy, with its token from a file",
  async (scene) => {
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${scene.standIn.ports.container}${path}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: windowsPath(await scene.write("run/token", authorization)),
      HTTP_PROXY: scene.standIn.proxyUrl,
    };
    const stdout = callerOf(scene.standIn, machine, "container-tester");
    expect(await scene.run(["getcallerid"], env)).toEqual({ status: 0, stdout, stderr: "" });
    expect(scene.standIn.requests[0]?.headers.authorization).toBe(authorization);
  },
  { world: { ...SAMPLE_WORLD, container: { role: machine, path, authorization, accountId: true } } },
);

windowsScenario("instance metadata of version 2, and a role over it", async (scene) => {
  const stdout = callerOf(scene.standIn, machine, "i-0123456789abcdef0");
  expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({ status: 0, stdout, stderr: "" });
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.eu-west-1.amazonaws.com"]);
  await writeConfig(scene, `[profile j]\nrole_arn = ${jump}\ncredential_source = Ec2InstanceMetadata\n`);
  const ofRole = callerOf(scene.standIn, jump);
  const ended = await scene.run(["getcallerid", "--profile", "j"], { ...ANA, ...scene.metadata });
  expect(ended).toEqual({ status: 0, stdout: ofRole, stderr: "" });
});

windowsScenario("the roles of a file, whose path is relative or begins with a drive", async (scene) => {
  const list = windowsPath(await scene.write("work/roles.json", JSON.stringify([{ RoleArn: jump }])));
  for (const name of [`file://${list}`, "file://roles.json"]) {
    const ended = await scene.run(["getcallerid", "--assume-roles", name], ANA);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
  }
});
