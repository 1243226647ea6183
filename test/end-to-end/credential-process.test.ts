import { expect } from "bun:test";
import { constants } from "node:os";
import { isRunning } from "../../src/system/processes/process-tree.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { callerOf } from "./support/identities.ts";
import { commandLines } from "./support/processes.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";
import { textOfFile, until } from "./support/until.ts";

const { ana } = SAMPLE_KEYS;
const { jump } = SAMPLE_ROLES;
const printed = JSON.stringify({
  Version: 1,
  AccessKeyId: ana.accessKeyId,
  SecretAccessKey: ana.secretAccessKey,
});

/** A profile `dev` whose helper is this shell script. */
async function helper(scene: Scene, script: string, more = ""): Promise<string> {
  const program = await scene.write("bin/helper", `#!/bin/sh\n${script}\n`, 0o755);
  return scene.write("home/.aws/config", `[profile dev]\ncredential_process = ${program} --give\n${more}`);
}

scenario(
  "getcallerid runs the helper of the profile through a shell, in the caller's environment",
  async (scene) => {
    const config = await scene.write(
      "home/.aws/config",
      "[profile dev]\ncredential_process = cat $KEYS_FILE | cat\n",
    );
    const KEYS_FILE = await scene.write("work/keys.json", printed);
    const ended = await scene.run(["getcallerid"], { AWS_PROFILE: "dev", KEYS_FILE });
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(ended.stdout).Arn).toBe("arn:aws:iam::111111111111:user/ana");
    expect(config).toStartWith(scene.home);
  },
);

scenario(
  "the helper's keys are the source of a role, and are exchanged for a session token first",
  async (scene) => {
    await helper(scene, `echo '${printed}'`, `[profile jump]\nrole_arn = ${jump}\nsource_profile = dev\n`);
    const chained = await scene.run(["getcallerid", "--profile", "jump"]);
    expect(chained).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
    scene.standIn.reset();
    const exchanged = await scene.run(["dumpcreds", "--profile", "dev", "--get-session-token"]);
    expect({ status: exchanged.status, stderr: exchanged.stderr }).toEqual({ status: 0, stderr: "" });
    expect(scene.standIn.requests.map(({ action }) => action)).toEqual(["GetSessionToken"]);
  },
);

scenario("temporary keys of a helper are refused for a session token, before AWS is asked", async (scene) => {
  const temporary = JSON.stringify({ ...JSON.parse(printed), SessionToken: "made-up-session-token" });
  await helper(scene, `echo '${temporary}'`);
  const ended = await scene.run(["dumpcreds", "--profile", "dev", "--get-session-token"]);
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error:
        "cannot use --get-session-token: it needs the long-term keys of a user, and these are temporary credentials (they have a session token)",
      hints: ["leave --get-session-token out: these credentials are temporary already"],
    }),
  });
  expect(scene.standIn.requests).toEqual([]);
});

scenario("a helper that fails is shown by its exit status and stderr, never by its stdout", async (scene) => {
  const config = await helper(scene, `echo '${printed}'\necho 'the vault is locked' >&2\nexit 3`);
  for (const args of [["dumpcreds"], ["dumpcreds", "--verbose"]]) {
    const { status, stdout, stderr } = await scene.run([...args, "--profile", "dev"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toEndWith(
      stderrText({
        error: `cannot get credentials from the credential_process of profile dev (${config}:2): the command failed (exit status 3)`,
        notes: ["the command said: the vault is locked"],
        hints: ["run the command yourself to see what it says"],
      }),
    );
    expect(stderr).not.toContain(ana.secretAccessKey.slice(0, 12));
  }
});

scenario(
  "a helper that floods its output is ended, even when a process that it started goes on",
  async (scene) => {
    // The scenario's limit is shorter than the sleep.
    await scene.write(
      "home/.aws/config",
      "[profile dev]\ncredential_process = (yes | head -c 3000000; sleep 40)\n",
    );
    const ended = await scene.run(["getcallerid", "--profile", "dev"]);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toStartWith(
      "aws-login: error: cannot get credentials from the credential_process of",
    );
  },
);

scenario("stderr of a helper cannot control the terminal", async (scene) => {
  await helper(scene, "printf '\\033[2Jgone\\n' >&2\nexit 1");
  const { stderr } = await scene.run(["dumpcreds", "--profile", "dev"]);
  expect(stderr).not.toContain("\u001b");
  expect(stderr).toContain("[2Jgone");
});

scenario("stderr of a helper that succeeds is not shown", async (scene) => {
  await helper(scene, `echo 'just so you know' >&2\necho '${printed}'`);
  const { status, stderr } = await scene.run(["dumpcreds", "--profile", "dev"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

scenario("a helper may be aws-login itself, for another profile", async (scene) => {
  await scene.write(
    "home/.aws/config",
    `[profile outer]\ncredential_process = aws-login dumpcreds --credential-helper --profile inner\n` +
      `[profile inner]\naws_access_key_id = ${ana.accessKeyId}\naws_secret_access_key = ${ana.secretAccessKey}\n`,
  );
  const ended = await scene.run(["dumpcreds", "--credential-helper", "--profile", "outer"]);
  expect(ended).toEqual({ status: 0, stdout: `${printed}\n`, stderr: "" });
});

/** Ways in which a profile's helper comes back to the profile. */
const circles: Record<
  string,
  { config: string; env: Record<string, string>; way: (path: string) => string }
> = {
  "that names the profile": {
    config: "[profile dev]\ncredential_process = aws-login dumpcreds --credential-helper --profile dev\n",
    env: {},
    way: (path) => `dev (${path}:2) -> dev (${path}:2)`,
  },
  "that finds the profile in AWS_PROFILE": {
    config: "[profile dev]\ncredential_process = aws-login dumpcreds --credential-helper\n",
    env: { AWS_PROFILE: "dev" },
    way: (path) => `dev (${path}:2) -> dev (${path}:2)`,
  },
  "that comes by way of another profile": {
    config:
      "[profile dev]\ncredential_process = aws-login dumpcreds --credential-helper --profile other\n" +
      "[profile other]\ncredential_process = aws-login dumpcreds --credential-helper --profile dev\n",
    env: {},
    way: (path) => `dev (${path}:2) -> other (${path}:4) -> dev (${path}:2)`,
  },
};
for (const [sentence, { config, env, way }] of Object.entries(circles)) {
  scenario(`a helper ${sentence} ends at once with the whole way`, async (scene) => {
    const path = await scene.write("home/.aws/config", config);
    const args = env.AWS_PROFILE === undefined ? ["--profile", "dev"] : [];
    const { status, stdout, stderr } = await scene.run(["dumpcreds", ...args], env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`it is waiting for this very profile: ${way(path)}`);
  });
}

scenario("runas does not tell its child which profiles were waiting", async (scene) => {
  await helper(scene, `echo '${printed}'`);
  const ended = await scene.run(["runas", "--profile", "dev", "--", "env"]);
  expect(ended.status).toBe(0);
  expect(ended.stdout).toContain(`AWS_ACCESS_KEY_ID=${ana.accessKeyId}`);
  expect(ended.stdout).not.toContain("AWS_LOGIN_PROFILE_CHAIN");
});

scenario("a helper that asks for its own profile in an empty environment is refused", async (scene) => {
  const { AWS_CA_BUNDLE, HTTPS_PROXY } = scene.env;
  const keep = Object.entries({
    HOME: scene.home,
    AWS_CA_BUNDLE,
    HTTPS_PROXY,
    AWS_EC2_METADATA_DISABLED: "true",
  })
    .map(([name, value]) => `${name}='${value}'`)
    .join(" ");
  const started = `${scene.root}/started`;
  await helper(
    scene,
    `echo >> ${started}; exec env -i ${keep} ${executable} dumpcreds --credential-helper --profile dev`,
  );
  const ended = await scene.run(["dumpcreds", "--profile", "dev"]);
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toContain("so the commands start each other without end");
  expect((await Bun.file(started).text()).length).toBeLessThanOrEqual(10);
});

scenario("a program that the helper leaves running is not waited for", async (scene) => {
  await helper(scene, `sleep 60 & echo $! > ${scene.root}/left; echo '${printed}'`);
  const began = performance.now();
  const ended = await scene.run(["getcallerid", "--profile", "dev"]);
  expect(performance.now() - began).toBeLessThan(20_000);
  process.kill(Number(await Bun.file(`${scene.root}/left`).text()), "SIGKILL");
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
});

scenario("a question of a helper on the terminal is seen while it waits", async (scene) => {
  await helper(scene, `printf 'Enter code: ' >&2; read -r code; [ "$code" = 123 ] && echo '${printed}'`);
  await using session = openTerminal([executable, "getcallerid", "--profile", "dev"], scene.env);
  await session.shows("Enter code: ");
  session.type("123\n");
  await session.shows("arn:aws:iam::111111111111:user/ana");
  expect(await session.exited).toBe(0);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  for (const command of [["dumpcreds"], ["runas", "--command", "true"]]) {
    scenario(`a helper and what it started end when ${signal} ends ${command[0]}`, async (scene) => {
      const ids = `${scene.root}/ids`;
      await helper(scene, `sleep 60 & echo $$ $! > ${ids}.tmp; mv ${ids}.tmp ${ids}; wait; echo late >&2`);
      const program = scene.start([...command, "--profile", "dev"]);
      const started = (await until(async () => (await textOfFile(ids)) || undefined)).trim().split(" ");
      program.kill(signal);
      const { status, stdout } = await program.ended;
      const number = constants.signals[signal];
      expect({ status, stdout }).toEqual({ status: 128 + number, stdout: "" });
      const lines = await commandLines();
      expect(lines.filter((line) => line.includes(`${scene.root}/bin/helper`))).toEqual([]);
      expect(started.filter((pid) => isRunning(Number(pid), process.platform))).toEqual([]);
    });
  }
}
