import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { actionsPath } from "../stand-in/actions/actions.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { masked, stderrText } from "./support/stderr-text.ts";

const { jump, ring, reader } = SAMPLE_ROLES;
const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA";
const requestToken = "made-up-request-token";
const world = {
  ...SAMPLE_WORLD,
  webIdentities: [{ token, roles: [jump, ring] }],
  actions: { requestToken, token },
};

const asRing = ["--role-arn", ring];
const byGitHub = ["--web-identity-token", "github", ...asRing];
const actions = ({ standIn }: Scene) => standIn.requests.map(({ action }) => action);

/** What GitHub Actions sets in a job that may ask for a token. */
const job = ({ standIn }: Scene) => ({
  GITHUB_ACTIONS: "true",
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${standIn.ports.actions}${actionsPath}?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
});
/** The same by GitHub's own host, through the proxy. */
const jobOutside = (scene: Scene) => ({
  ...job(scene),
  ACTIONS_ID_TOKEN_REQUEST_URL: `https://run-actions-1-azure-eastus.actions.githubusercontent.com${actionsPath}?api-version=2.0`,
});

scenario(
  "--web-identity-token with a file is a source before the environment, and roles follow it",
  async (scene) => {
    const file = await scene.write("run/token", `${token}\n`);
    const env = { AWS_ACCESS_KEY_ID: "AKIAMADEUP", AWS_SECRET_ACCESS_KEY: "made-up", AWS_PROFILE: "none" };
    const words = ["getcallerid", "--web-identity-token", file, ...asRing, "--role-session-name", "ci"];
    const ended = await scene.run(words, env);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, "ci"), stderr: "" });
    const further = await scene.run([...words, "--assume-roles", reader, "--duration", "3600"], env);
    expect(further).toEqual({ status: 0, stdout: callerOf(scene.standIn, reader, "ci"), stderr: "" });
  },
  { world },
);

scenario(
  "--duration is that of the role of --role-arn, and roles on top of it last an hour",
  async (scene) => {
    const file = await scene.write("run/token", token);
    const words = ["dumpcreds", "--web-identity-token", file, "--role-arn", jump, "--duration", "7200"];
    const ended = await scene.run([...words, "--assume-roles", ring]);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
    expect(scene.standIn.requests.map(({ form }) => form.DurationSeconds)).toEqual(["7200", "3600"]);
  },
  { world },
);

scenario(
  "--web-identity-token - reads the token from stdin, and a program under runas gets what is left of it",
  async (scene) => {
    const words = `--web-identity-token - --role-arn ${ring}`;
    const ended = await scene.bash(`echo ${token} | aws-login getcallerid ${words}`);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring), stderr: "" });
    const empty = await scene.bash(`aws-login getcallerid ${words} < /dev/null`);
    expect(empty).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot use --web-identity-token -: there is no token on stdin",
        hints: ["write the token, and nothing else, to the program's stdin: PROGRAM | aws-login …"],
      }),
    });
    const status = await scene.bash(`echo ${token} | aws-login status --format json ${words}`);
    const report = JSON.parse(status.stdout);
    expect(report.credentials.renewable).toBe(false);
    expect(report.source).toMatchObject({ kind: "web-identity", profile: null, variable: null });
    expect(report.identity.arn).toContain(":assumed-role/Ring/aws-login");
  },
  { world },
);

scenario(
  "--web-identity-token - does not read a terminal",
  async (scene) => {
    const words = ["getcallerid", "--web-identity-token", "-", ...asRing];
    await using terminal = openTerminal([executable, ...words], scene.env);
    expect(await terminal.exited).toBe(1);
    expect(terminal.text()).toContain("cannot use --web-identity-token -: stdin is a terminal");
  },
  { world },
);

scenario(
  "--web-identity-token github asks GitHub for the audience of AWS, at its own host too",
  async (scene) => {
    for (const env of [job(scene), jobOutside(scene)]) {
      const ended = await scene.run(["getcallerid", ...byGitHub], env);
      expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring), stderr: "" });
    }
    const [asked] = scene.standIn.requests;
    expect(asked?.query).toBe("api-version=2.0&audience=sts.amazonaws.com");
    expect(actions(scene).slice(0, 3)).toEqual([
      "GetIdToken",
      "AssumeRoleWithWebIdentity",
      "GetCallerIdentity",
    ]);
  },
  { world },
);

scenario(
  "a job without the permission to ask for a token gets one error that names it",
  async (scene) => {
    const ended = await scene.run(["getcallerid", ...byGitHub], { GITHUB_ACTIONS: "true" });
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error:
          "cannot use --web-identity-token github: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set",
        hints: ["give the job the permission: in the workflow, permissions: id-token: write"],
      }),
    });
    expect(scene.standIn.requests).toEqual([]);
  },
  { world },
);

scenario(
  "GitHub's refusal is repeated, without the job's secret, and STS is not asked",
  async (scene) => {
    const env = { ...job(scene), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-of-another-job" };
    const { status, stdout, stderr } = await scene.run(["getcallerid", "--verbose", ...byGitHub], env);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(
      "aws-login: error: cannot get a token from GitHub Actions: it responds with status 401: The authorization token is not valid for this job\n",
    );
    expect(masked(stderr)).toContain(" GitHub Actions' token: 401, N ms\n");
    expect(stderr).not.toContain("made-up");
    expect(actions(scene)).toEqual(["GetIdToken"]);
  },
  { world },
);

scenario(
  "a token of GitHub for another audience is refused by STS, with what must agree",
  async (scene) => {
    scene.standIn.world.actions = { requestToken, token: "made.up.of-another-issuer" };
    const { status, stderr } = await scene.run(["getcallerid", ...byGitHub], job(scene));
    expect(status).toBe(1);
    expect(masked(stderr)).toBe(
      stderrText({
        error: `cannot assume role ${ring} with a web identity: InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)`,
        notes: ["asked with the token of GitHub Actions, request ID"],
        hints: [
          "the token's issuer must be an OIDC provider of the role's account, and its audience one of the provider's",
        ],
      }),
    );
  },
  { world },
);

scenario(
  "under --use-cache many processes of a job make one session, and another job makes its own",
  async (scene) => {
    const words = ["dumpcreds", "--credential-helper", "--use-cache", ...byGitHub];
    const many = await Promise.all(Array.from({ length: 8 }, () => scene.run(words, job(scene))));
    expect(new Set(many.map(({ status, stdout, stderr }) => `${status} ${stdout} ${stderr}`)).size).toBe(1);
    expect(many[0]?.status).toBe(0);
    expect(actions(scene)).toEqual(["GetIdToken", "AssumeRoleWithWebIdentity"]);
    const other = { ...job(scene), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-of-another-job" };
    expect((await scene.run(words, other)).status).toBe(1);
    expect(actions(scene)).toHaveLength(3);
    const folder = `${scene.home}/.aws-login/credentials`;
    const texts = await Promise.all(
      (await readdir(folder)).map((name) => Bun.file(`${folder}/${name}`).text()),
    );
    expect(texts.join()).not.toContain(requestToken);
    expect(texts.join()).not.toContain(token);
  },
  { world },
);

scenario(
  "under --use-cache a token file that changes is another identity",
  async (scene) => {
    const file = await scene.write("run/token", token);
    const words = [
      "dumpcreds",
      "--credential-helper",
      "--use-cache",
      "--web-identity-token",
      file,
      ...asRing,
    ];
    const first = await scene.run(words);
    expect((await scene.run(words)).stdout).toBe(first.stdout);
    expect(actions(scene)).toHaveLength(1);
    await scene.write("run/token", `${token} `);
    expect((await scene.run(words)).stdout).not.toBe(first.stdout);
    expect(actions(scene)).toHaveLength(2);
  },
  { world },
);

const shortLived = { ...world, webIdentities: [{ token, roles: [ring], sessionDuration: 4 }] };
const loop =
  "i=0; while [ $i -lt 60 ]; do aws-login getcallerid >/dev/null || exit 1; sleep 0.1; i=$((i+1)); done";

scenario(
  "a program under runas --auto-refresh works through many tokens of GitHub Actions and of a file",
  async (scene) => {
    const file = await scene.write("run/token", token);
    for (const source of ["github", file]) {
      const words = ["--web-identity-token", source, ...asRing, "-c", loop];
      const ended = await scene.run(["runas", "--auto-refresh", ...words], job(scene));
      expect([source, ended]).toEqual([source, { status: 0, stdout: "", stderr: "" }]);
    }
    const asked = actions(scene).filter((action) => action === "AssumeRoleWithWebIdentity");
    expect(asked.length).toBeGreaterThan(4);
    expect(actions(scene).filter((action) => action === "GetIdToken").length).toBeGreaterThan(2);
  },
  // 120 starts of the program, on a machine that may have other work.
  { world: shortLived, waits: true, limit: 120_000 },
);

scenario(
  "under runas --auto-refresh the role of a token from stdin is served to its end, which is said",
  async (scene) => {
    const ended = await scene.bash(
      `echo ${token} | aws-login runas --auto-refresh --web-identity-token - --role-arn ${ring} -- aws-login getcallerid`,
    );
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({
      status: 0,
      stdout: callerOf(scene.standIn, ring),
    });
    expect(ended.stderr).toMatch(
      /^aws-login: warning: the credentials of 111111111111\/Ring are served until \S+, and not renewed: a token from stdin is read once\n$/,
    );
  },
  { world },
);
