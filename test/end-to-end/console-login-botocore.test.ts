import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { fakeBrowser } from "./support/browser.ts";
import { type Scene, scenario } from "./support/scene.ts";

/** The sign-in with console credentials and botocore's `login` provider: each uses what the other one stored. */

/** A Python whose botocore knows `login_session` and has the CRT. */
const python = process.env.AWS_LOGIN_BOTOCORE;
const ANA = "arn:aws:iam::111111111111:user/ana";
const file = (scene: Scene) =>
  `${scene.home}/.aws/login/cache/${createHash("sha256").update(ANA).digest("hex")}.json`;

const script = `
import botocore.session
session = botocore.session.Session(profile="dev")
keys = session.get_credentials().get_frozen_credentials()
print(keys.access_key)
print(session.create_client("sts", region_name="us-east-1").get_caller_identity()["Arn"])
`;

async function play(scene: Scene): Promise<void> {
  const browser = await fakeBrowser(scene);
  const login = await scene.run(["login", "--profile", "dev", "--region", "us-east-1"], {
    BROWSER: browser.command,
  });
  expect(login.status).toBe(0);
  const path = file(scene);
  const stored = async () => JSON.parse(await Bun.file(path).text());
  await scene.write("ask.py", script);
  const ask = async () => {
    const { status, stdout, stderr } = await scene.bash(`${python} ${scene.root}/ask.py`, {
      AWS_CA_BUNDLE: `${scene.root}/ca.pem`,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return stdout.trim().split("\n");
  };
  expect(await ask()).toEqual([(await stored()).accessToken.accessKeyId, ANA]);

  // botocore renews with our key, and this program reads what it wrote, and renews that.
  const expire = async () => {
    const now = await stored();
    const accessToken = { ...now.accessToken, expiresAt: "2020-01-01T00:00:00Z" };
    await Bun.write(path, JSON.stringify({ ...now, accessToken }));
    return now.accessToken.accessKeyId;
  };
  const before = await expire();
  const [renewed] = await ask();
  expect(renewed).not.toBe(before);
  expect((await stored()).accessToken.accessKeyId).toBe(renewed);
  expect(JSON.parse((await scene.run(["getcallerid", "--profile", "dev"])).stdout).Arn).toBe(ANA);
  expect((await stored()).accessToken.accessKeyId).toBe(renewed);
  await expire();
  expect(JSON.parse((await scene.run(["getcallerid", "--profile", "dev"])).stdout).Arn).toBe(ANA);
  expect(await ask()).toEqual([(await stored()).accessToken.accessKeyId, ANA]);
}

const name = "console credentials are shared with botocore, both ways";
if (python === undefined)
  test.skip(`${name} (needs botocore with login_session: AWS_LOGIN_BOTOCORE)`, () => {});
else scenario(name, play);
