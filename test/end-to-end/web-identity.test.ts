import { expect } from "bun:test";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { masked, stderrText } from "./support/stderr-text.ts";

const { jump, ring, reader } = SAMPLE_ROLES;
const token = "made-up.web-identity.token-of-a-pod";
const world = {
  ...SAMPLE_WORLD,
  webIdentities: [
    { token, roles: [jump, ring] },
    { token: "made-up.expired.token", roles: [ring], expired: true },
  ],
};

/** The variables of a pod, with the token in a file. */
async function pod(scene: Scene, role: string, text = token): Promise<Record<string, string>> {
  const file = await scene.write("run/token", text);
  return { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role };
}

const actions = ({ standIn }: Scene) => standIn.requests.map(({ action }) => action);

scenario(
  "getcallerid with a web identity of the environment sends the token unsigned, without its line end",
  async (scene) => {
    const env = { ...(await pod(scene, ring, `${token}\n`)), AWS_ROLE_SESSION_NAME: "pod-7" };
    const stdout = callerOf(scene.standIn, ring, "pod-7");
    expect(await scene.run(["getcallerid"], env)).toEqual({ status: 0, stdout, stderr: "" });
    expect(actions(scene)).toEqual(["AssumeRoleWithWebIdentity", "GetCallerIdentity"]);
    expect(scene.standIn.tunnels.map(({ handshakes }) => handshakes)).toEqual([1]);
  },
  { world },
);

scenario(
  "a web identity profile is the source of a role, and the options hold for both sessions",
  async (scene) => {
    const file = await scene.write("run/token", token);
    await scene.write(
      "home/.aws/config",
      `[profile pod]\nrole_arn = ${ring}\nweb_identity_token_file = ${file}\n` +
        `[profile reader]\nrole_arn = ${reader}\nsource_profile = pod\n`,
    );
    const ended = await scene.run(["getcallerid", "--profile", "reader", "--role-session-name", "me"]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, reader, "me"), stderr: "" });
    expect(scene.standIn.requests.map(({ form }) => form.RoleSessionName)).toEqual(["me", "me", undefined]);
  },
  { world },
);

scenario(
  "--profile with keys of its own turns the web identity of the environment off",
  async (scene) => {
    const { accessKeyId, secretAccessKey } = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up" };
    await scene.write(
      "home/.aws/credentials",
      `[mine]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const ended = await scene.run(
      ["dumpcreds", "--outform", "env", "--profile", "mine"],
      await pod(scene, ring),
    );
    expect(ended.stdout).toContain("AWS_ACCESS_KEY_ID=AKIAMADEUP");
    expect(scene.standIn.requests).toEqual([]);
  },
  { world },
);

scenario(
  "the console takes --duration from a web identity's role, which is assumed straight away",
  async (scene) => {
    const ended = await scene.run(["console", "--no-browser", "--duration", "7200"], await pod(scene, jump));
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
    const [assumed, signedIn] = scene.standIn.requests;
    expect(assumed?.form.DurationSeconds).toBe("7200");
    expect(signedIn?.form.SessionDuration).toBe("7200");
  },
  { world },
);

scenario(
  "--get-session-token with a web identity's role is refused before any request",
  async (scene) => {
    const ended = await scene.run(["dumpcreds", "--get-session-token"], await pod(scene, ring));
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain("these are a role session");
    expect(scene.standIn.requests).toEqual([]);
  },
  { world },
);

scenario(
  "an expired web identity token is an error that names the file, and no other source is tried",
  async (scene) => {
    const env = await pod(scene, ring, "made-up.expired.token");
    const { status, stdout, stderr } = await scene.run(["getcallerid"], { ...env, ...scene.metadata });
    expect({ status, stdout, stderr: masked(stderr) }).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: `cannot assume role ${ring} with a web identity: ExpiredTokenException: Token expired: current date/time must be before the expiration date/time`,
        notes: [
          `asked with the token in ${env.AWS_WEB_IDENTITY_TOKEN_FILE} (AWS_WEB_IDENTITY_TOKEN_FILE), request ID`,
        ],
        hints: ["the token has expired: the program that writes the file must write a new one"],
      }),
    });
    expect(actions(scene)).toEqual(["AssumeRoleWithWebIdentity"]);
  },
  { world },
);

scenario("a web identity's missing token file is an error that names it", async (scene) => {
  const file = `${scene.root}/run/no-token`;
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: ring, ...scene.metadata };
  expect(await scene.run(["dumpcreds"], env)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: `cannot use the token file ${file} (AWS_WEB_IDENTITY_TOKEN_FILE): it does not exist`,
      hints: ["the file must hold the token of the web identity, and be readable for you"],
    }),
  });
  expect(scene.standIn.requests).toEqual([]);
});

scenario(
  "--verbose tells which sources were skipped and which one applies, and nothing of the token",
  async (scene) => {
    const env = await pod(scene, ring);
    const { status, stderr } = await scene.run(["dumpcreds", "--verbose"], env);
    expect(status).toBe(0);
    const lines = masked(stderr).split("\n");
    expect(lines).toContain("aws-login: skipped: environment: AWS_ACCESS_KEY_ID is not set");
    expect(lines).toContain("aws-login: source: web identity of AWS_WEB_IDENTITY_TOKEN_FILE");
    expect(lines).toContain(
      "aws-login: POST sts.us-east-1.amazonaws.com AssumeRoleWithWebIdentity: 200, N ms",
    );
    expect(stderr).not.toContain("made-up");
  },
  { world },
);
