import { expect } from "bun:test";
import { createHash, generateKeyPairSync } from "node:crypto";
import { stat } from "node:fs/promises";
import { SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const ANA = "arn:aws:iam::111111111111:user/ana";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const clientId = "arn:aws:signin:::devtools/same-device";
const refreshToken = "made-up-refresh-token";
const world = { ...SAMPLE_WORLD, logins: [{ user: ANA, clientId, refreshToken, key: { x, y } }] };

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString().replace(/\.\d+/, "");

/** What `aws login` left in a profile and in its cache; the keys end in so many minutes. */
async function signedIn(scene: Scene, left: number): Promise<{ file: string; config: string }> {
  const config = await scene.write(
    "home/.aws/config",
    `[profile dev]\nlogin_session = ${ANA}\nregion = eu-west-1\n`,
  );
  const name = createHash("sha256").update(ANA).digest("hex");
  const accessToken = {
    accessKeyId: "ASIAOLD",
    secretAccessKey: "made-up-old-secret",
    sessionToken: "made-up-old-token",
    accountId: "111111111111",
    expiresAt: minutes(left),
  };
  const dpopKey = privateKey.export({ type: "sec1", format: "pem" });
  const text = JSON.stringify({
    accessToken,
    tokenType: "aws_sigv4",
    clientId,
    refreshToken,
    dpopKey,
    unknown: [1],
  });
  return { file: await scene.write(`home/.aws/login/cache/${name}.json`, text), config };
}

const helper = ["dumpcreds", "--credential-helper", "--profile", "dev"];
const renewals = ({ standIn }: Scene) => standIn.requests.filter(({ path }) => path === "/v1/token");

scenario(
  "the stored keys of aws login are handed out without a request",
  async (scene) => {
    await signedIn(scene, 10);
    const { status, stdout, stderr } = await scene.run(helper);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: "ASIAOLD", AccountId: "111111111111" });
    expect(scene.standIn.connections).toEqual([]);
  },
  { world },
);

scenario(
  "expired keys of aws login are renewed with a proof, and stored for the AWS CLI",
  async (scene) => {
    const { file } = await signedIn(scene, -30);
    const { status, stdout, stderr } = await scene.run(["getcallerid", "--profile", "dev"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).Arn).toBe(ANA);
    expect(renewals(scene).map(({ host }) => host)).toEqual(["eu-west-1.signin.aws.amazon.com"]);

    const cached = JSON.parse(await Bun.file(file).text());
    expect(Object.keys(cached)).toEqual([
      "accessToken",
      "tokenType",
      "clientId",
      "refreshToken",
      "dpopKey",
      "unknown",
    ]);
    expect(cached.accessToken).toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA/),
      accountId: "111111111111",
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(cached.refreshToken).not.toBe(refreshToken);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await scene.run(helper);
    expect(renewals(scene)).toHaveLength(1);
  },
  { world },
);

scenario(
  "many processes that find the keys expired make one renewal",
  async (scene) => {
    await signedIn(scene, -30);
    scene.standIn.fault({ match: { path: "/v1/token" }, delay: 100 });
    const all = await Promise.all(Array.from({ length: 8 }, () => scene.run(helper)));
    expect(all.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      Array(8).fill({ status: 0, stderr: "" }),
    );
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1);
    expect(renewals(scene)).toHaveLength(1);
  },
  { world },
);

scenario("a sign-in that has ended needs a person: status 4 and the command that helps", async (scene) => {
  const { config } = await signedIn(scene, -30);
  expect(await scene.run(helper)).toEqual({
    status: 4,
    stdout: "",
    stderr: stderrText({
      error: `cannot use the login_session of profile dev (${config}:2): the sign-in has ended (TOKEN_EXPIRED: The refresh token has expired)`,
      hints: ["sign in with: aws-login login --profile dev"],
    }),
  });
});

scenario("valid keys are used when they cannot be renewed, with a warning", async (scene) => {
  await signedIn(scene, 3);
  const { status, stdout, stderr } = await scene.run(helper);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).AccessKeyId).toBe("ASIAOLD");
  expect(stderr).toMatch(/^aws-login: warning: .*using the present keys, which end in 1[78]\d seconds\n$/);
});

scenario("a profile whose sign-in was never made, or was deleted, needs a person too", async (scene) => {
  const config = await scene.write("home/.aws/config", `[profile dev]\nlogin_session = ${ANA}\n`);
  const { status, stdout, stderr } = await scene.run(helper);
  expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
  expect(stderr).toContain(`cannot use the login_session of profile dev (${config}:2): there is no file `);
});
