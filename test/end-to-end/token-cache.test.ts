import { expect } from "bun:test";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { scenario } from "./support/scene.ts";
import {
  config,
  openToOthers,
  operations,
  role,
  sessionToken,
  startUrl,
  tokenFile,
} from "./support/sign-ins.ts";
import { stderrText } from "./support/stderr-text.ts";

const helper = ["dumpcreds", "--credential-helper"];
const ofSession = [...helper, "--profile", "s"];

scenario("an expired token is renewed, and the file keeps what others put there", async (scene) => {
  await scene.write("home/.aws/config", config);
  const path = await scene.write(
    sessionToken,
    tokenFile(scene.standIn.signIn(), -60, { toolData: [7] }),
    0o644,
  );
  const ended = await scene.run(ofSession);
  expect([ended.status, ended.stderr]).toEqual([0, ""]);
  expect(operations(scene)).toEqual(["CreateToken 200", "GetRoleCredentials 200"]);
  const written = await Bun.file(path).text();
  expect(JSON.parse(written)).toMatchObject({ toolData: [7], startUrl });
  expect(written).not.toContain("\n");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  // The rotated refresh token works when its turn comes.
  scene.standIn.revokeAccessTokens();
  expect((await scene.run(ofSession)).status).toBe(0);
});

scenario(
  "a response without a refresh token leaves the old one in the file",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const signedIn = scene.standIn.signIn();
    const path = await scene.write(sessionToken, tokenFile(signedIn, -60));
    expect((await scene.run(ofSession)).status).toBe(0);
    expect((await Bun.file(path).json()).refreshToken).toBe(signedIn.refreshToken);
  },
  { signInSettings: { refreshTokens: "left-out" } },
);

scenario("a token that is refused is renewed once; a sign-in that is over needs a person", async (scene) => {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  scene.standIn.revokeAccessTokens();
  expect((await scene.run(ofSession)).status).toBe(0);
  expect(operations(scene)).toEqual(["GetRoleCredentials 401", "CreateToken 200", "GetRoleCredentials 200"]);
  scene.standIn.endSignIns();
  const ended = await scene.run(ofSession);
  expect([ended.status, ended.stdout]).toEqual([4, ""]);
  expect(ended.stderr).toContain("hint: sign in with: aws-login login --profile s");
});

scenario("of thirty processes that find a token expired, one renews it and all succeed", async (scene) => {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  const ended = await Promise.all(Array.from({ length: 30 }, () => scene.run(ofSession)));
  expect(new Set(ended.map(({ status, stderr }) => `${status} ${stderr}`))).toEqual(new Set(["0 "]));
  expect(operations(scene).filter((operation) => operation.startsWith("CreateToken"))).toEqual([
    "CreateToken 200",
  ]);
});

scenario(
  "of ten processes that need a sign-in, one signs in and all succeed",
  async (scene) => {
    const args = ["getcallerid", "--use-cache", "--start-url", startUrl, ...role, "--no-browser"];
    const ended = await Promise.all(Array.from({ length: 10 }, () => scene.run(args)));
    expect(ended.map(({ status }) => status)).toEqual(Array(10).fill(0));
    expect(operations(scene).filter((operation) => operation.startsWith("StartDevice"))).toHaveLength(1);
  },
  { signInSettings: { autoApprove: true } },
);

scenario("importcache imports a token file, which --use-cache then uses", async (scene) => {
  const path = await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
  const imported = await scene.run(["importcache", "--accesstoken-cache", "file://token.json"]);
  expect([imported.status, imported.stdout]).toEqual([0, ""]);
  expect((await scene.run([...helper, "--use-cache", ...role])).status).toBe(0);
  expect(await openToOthers(scene)).toEqual([]);
  expect(await Bun.file(path).exists()).toBe(true);
});

scenario("a named token file is renewed in memory with a warning, and never written", async (scene) => {
  const text = tokenFile(scene.standIn.signIn(), -60);
  const path = await scene.write("work/token.json", text);
  const args = [...helper, "--accesstoken-cache", "token.json", ...role];
  const ended = await scene.run(args);
  expect(ended.status).toBe(0);
  expect(ended.stderr).toMatch(/^aws-login: warning: the refresh token in token\.json is spent now[^\n]*\n$/);
  expect(await Bun.file(path).text()).toBe(text);
  expect((await scene.run(args)).status).toBe(4);
});

scenario(
  "a given access token is used unchanged, from stdin too, and its refusal starts no sign-in",
  async (scene) => {
    const { accessToken } = scene.standIn.signIn();
    const args = ["--sso-access-token", "-", ...role];
    const line = `printf '%s\\n' ${accessToken} | aws-login getcallerid ${args.join(" ")}`;
    expect((await scene.bash(line)).status).toBe(0);
    const refused = await scene.run(["getcallerid", "--sso-access-token", "made-up", ...role]);
    expect([refused.status, refused.stdout]).toEqual([4, ""]);
    expect(refused.stderr).not.toContain("made-up");
  },
);

scenario(
  "a token file that is cut short is named where a sign-in is forbidden, and replaced by a sign-in",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const path = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600).slice(0, -40));
    expect(await scene.run([...helper, "--profile", "s"])).toEqual({
      status: 4,
      stdout: "",
      stderr: stderrText({
        error: `cannot use the sign-in to ${startUrl}: ${path} is not a JSON object with accessToken and expiresAt`,
        hints: ["sign in with: aws-login login --profile s"],
      }),
    });
    scene.standIn.signInSettings.autoApprove = true;
    expect((await scene.run(["login", "--profile", "s", "--use-device-code"])).status).toBe(0);
    expect((await scene.run([...helper, "--profile", "s"])).status).toBe(0);
  },
);

scenario(
  "logout of a sign-in shared with the AWS CLI also deletes the credentials that the AWS CLI cached with it",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
    const ofSso = await scene.write(
      "home/.aws/cli/cache/a.json",
      '{"ProviderType": "sso", "Credentials": {}}',
    );
    const ofRole = await scene.write("home/.aws/cli/cache/b.json", '{"Credentials": {}}');
    const ended = await scene.run(["logout", "--profile", "s"]);
    expect(ended).toEqual({ status: 0, stdout: "", stderr: `aws-login: signed out of ${startUrl}\n` });
    expect([await Bun.file(ofSso).exists(), await Bun.file(ofRole).exists()]).toEqual([false, true]);
  },
);

scenario("the folder and the token of the Python tool are imported", async (scene) => {
  const python = await scene.write(
    "home/.aws-login/aws-accesstoken-cache.json",
    tokenFile(scene.standIn.signIn(), 3600, { expiresIn: 3600 }),
    0o644,
  );
  await Bun.$`chmod 755 ${join(scene.home, ".aws-login")}`.quiet();
  expect((await scene.run([...helper, "--use-cache", ...role])).status).toBe(0);
  expect(await Bun.file(python).exists()).toBe(false);
  expect(await openToOthers(scene)).toEqual([]);
});
