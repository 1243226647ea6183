import { expect } from "bun:test";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const { machine, jump } = SAMPLE_ROLES;
const path = "/v2/credentials/made-up-task-id?x=1";
const authorization = "made-up-token-of-the-agent";
const world = { ...SAMPLE_WORLD, container: { role: machine, path, authorization, accountId: true } };

/** The variables of a task, with the token in a file. */
async function task(scene: Scene, token = authorization): Promise<Record<string, string>> {
  return {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${scene.standIn.ports.container}${path}`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: await scene.write("run/agent-token", token),
  };
}

const session = "container-tester";

scenario(
  "getcallerid asks the container's agent directly, not through the proxy, with the unchanged token",
  async (scene) => {
    const env = { ...(await task(scene)), HTTP_PROXY: scene.standIn.proxyUrl };
    const stdout = callerOf(scene.standIn, machine, session);
    expect(await scene.run(["getcallerid"], env)).toEqual({ status: 0, stdout, stderr: "" });
    const [asked] = scene.standIn.requests;
    expect(asked).toMatchObject({
      entrance: "container",
      path: "/v2/credentials/made-up-task-id",
      query: "x=1",
    });
    expect(asked?.headers.authorization).toBe(authorization);
  },
  { world },
);

scenario(
  "dumpcreds --credential-helper has the expiry and the account that the agent tells",
  async (scene) => {
    const { status, stdout, stderr } = await scene.run(
      ["dumpcreds", "--credential-helper"],
      await task(scene),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      Version: 1,
      AccountId: "111111111111",
      Expiration: expect.any(String),
    });
  },
  { world },
);

scenario(
  "credential_source = EcsContainer is the source of a role",
  async (scene) => {
    await scene.write(
      "home/.aws/config",
      `[profile jump]\nrole_arn = ${jump}\ncredential_source = EcsContainer\n`,
    );
    const ended = await scene.run(["getcallerid", "--profile", "jump"], await task(scene));
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
  },
  { world },
);

scenario("credential_source = EcsContainer outside of a container says what is missing", async (scene) => {
  await scene.write(
    "home/.aws/config",
    `[profile jump]\nrole_arn = ${jump}\ncredential_source = EcsContainer\n`,
  );
  expect(await scene.run(["getcallerid", "--profile", "jump"])).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error:
        "cannot use credential_source of profile jump: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set",
      hints: ["ECS sets them in its tasks and EKS in its pods"],
    }),
  });
});

scenario(
  "the console refuses no session of a container's role, and --duration is left out for it",
  async (scene) => {
    const ended = await scene.run(["console", "--no-browser", "--duration", "7200"], await task(scene));
    expect(ended.status).toBe(0);
    const signedIn = scene.standIn.requests.find(({ action }) => action === "getSigninToken");
    expect(signedIn).toMatchObject({ status: 200 });
    expect(signedIn?.form).not.toHaveProperty("SessionDuration");
  },
  { world },
);

scenario(
  "a token that the agent does not take is an error after three attempts, without the token or the path",
  async (scene) => {
    const env = { ...(await task(scene, "made-up-wrong-token")), ...scene.metadata };
    const ended = await scene.run(["getcallerid", "--verbose"], env);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    const host = `127.0.0.1:${scene.standIn.ports.container}`;
    expect(ended.stderr).toContain(
      `cannot get container credentials (AWS_CONTAINER_CREDENTIALS_FULL_URI): ${host} responded with status 401: [agent] (AccessDeniedException): the token was not accepted`,
    );
    expect(ended.stderr).not.toContain("made-up");
    expect(scene.standIn.requests.map(({ service, status }) => [service, status])).toEqual(
      Array(3).fill(["container", 401]),
    );
  },
  { world, waits: true },
);

scenario("an address elsewhere without TLS is refused before any request", async (scene) => {
  const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://agent.example/made-up", ...scene.metadata };
  expect(await scene.run(["getcallerid"], { ...env, HTTP_PROXY: scene.standIn.proxyUrl })).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error:
        "cannot use AWS_CONTAINER_CREDENTIALS_FULL_URI: the host agent.example is not allowed without TLS, because it would be sent the container's token",
      hints: [
        "use https, or an http URL of 127.0.0.0/8, [::1], localhost, 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]",
      ],
    }),
  });
  expect(scene.standIn.connections).toEqual([]);
});
