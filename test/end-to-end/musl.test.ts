/** The released executable for musl, loaded by musl's own loader. */
import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { versionLine } from "../../src/lib/version.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { answeredKey, entryFiles } from "./support/cached-credentials.ts";
import { watchSecrets } from "./support/canaries.ts";
import { untilIssued, untilNoEndpoint, worldWithShortRoles } from "./support/endpoints.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { muslScenario } from "./support/musl-scene.ts";
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
import { textOfFile, until } from "./support/until.ts";

const { jump, ring } = SAMPLE_ROLES;
const helper = ["dumpcreds", "--credential-helper", "--use-cache"];
const autoApprove = { signInSettings: { autoApprove: true } };

muslScenario("on musl the version and the help are those of every executable", async (scene) => {
  expect(await scene.run(["version"])).toEqual({ status: 0, stdout: versionLine, stderr: "" });
  const { status, stdout, stderr } = await scene.run(["help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("Usage: aws-login <command> [options]\n");
});

muslScenario("on musl an identity is asked for over TLS, and a role after it", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["getcallerid"], ANA);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).Arn).toBe("arn:aws:iam::111111111111:user/ana");
  const ended = await scene.run(["getcallerid", "--assume-roles", jump], ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
});

muslScenario("on musl the name localhost is looked up", async (scene) => {
  const AWS_ENDPOINT_URL_STS = `http://localhost:${scene.standIn.ports.sts}`;
  const env = { ...ANA, HTTPS_PROXY: undefined, AWS_ENDPOINT_URL_STS };
  const { status, stderr } = await scene.run(["getcallerid"], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

muslScenario(
  "on musl a role is acquired once, and answered from a cache that is the owner's alone",
  async (scene) => {
    const args = [...helper, "--assume-roles", jump];
    const first = await scene.run(args, ANA);
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
    expect(await scene.run(args, ANA)).toEqual(first);
    expect(scene.standIn.requests.map(({ action }) => action)).toEqual(["AssumeRole"]);
    expect(await entryFiles(scene)).toHaveLength(1);
    expect(await openToOthers(scene)).toEqual([]);
  },
);

muslScenario("on musl twenty processes at once make one request", async (scene) => {
  const args = [...helper, "--assume-roles", ring];
  const ended = await Promise.all(Array.from({ length: 20 }, () => scene.run(args, ANA)));
  expect(new Set(ended.map(answeredKey)).size).toBe(1);
  expect(scene.standIn.requests.map(({ action }) => action)).toEqual(["AssumeRole"]);
});

muslScenario("on musl ten processes whose sign-in has expired make one refresh", async (scene) => {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  const args = [...helper, "--profile", "s"];
  const ended = await Promise.all(Array.from({ length: 10 }, () => scene.run(args)));
  expect(new Set(ended.map(answeredKey)).size).toBe(1);
  expect(operations(scene)).toEqual(["CreateToken 200", "GetRoleCredentials 200"]);
});

muslScenario("on musl the lock of a killed process is free at once", async (scene) => {
  const args = [...helper, "--assume-roles", ring];
  scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 60_000, times: 1 });
  const first = scene.start(args, ANA);
  await until(async () => scene.standIn.requests[0]);
  const others = [scene.run(args, ANA), scene.run(args, ANA)];
  first.kill("SIGKILL");
  expect(new Set((await Promise.all(others)).map(answeredKey)).size).toBe(1);
  expect(await first.ended).toEqual({ status: 137, stdout: "", stderr: "" });
});

muslScenario(
  "on musl a sign-in by device code is made, used and ended",
  async (scene) => {
    const canaries = watchSecrets(scene.standIn);
    const login = await scene.run(["login", "--start-url", startUrl, "--use-device-code", "--no-browser"]);
    expect([login.status, login.stdout]).toEqual([0, ""]);
    expect(login.stderr).toMatch(/aws-login: signed in to \S+ until \S+Z\n$/);
    const used = await scene.run(["getcallerid", "--use-cache", ...role]);
    expect({ status: used.status, stderr: used.stderr }).toEqual({ status: 0, stderr: "" });
    const logout = await scene.run(["logout"]);
    expect(logout).toEqual({ status: 0, stdout: "", stderr: `aws-login: signed out of ${startUrl}\n` });
    const after = await scene.run(["getcallerid", "--use-cache", ...role]);
    expect([after.status, after.stdout]).toEqual([4, ""]);
    expect(canaries.foundIn([login, used, logout, after].map(({ stderr }) => stderr).join(""))).toEqual([]);
  },
  autoApprove,
);

muslScenario(
  "on musl a browser comes back to the program, which then holds the sign-in",
  async (scene) => {
    const program =
      '#!/bin/sh\nunset LD_LIBRARY_PATH\nexec curl --silent --location --cacert "$AWS_CA_BUNDLE" "$1"\n';
    const BROWSER = await scene.write("bin/browser", program, 0o755);
    const login = await scene.run(["login", "--start-url", startUrl], { BROWSER });
    expect([login.status, login.stdout]).toEqual([0, ""]);
    expect(operations(scene)).toEqual(["RegisterClient 200", "Authorize 302", "CreateToken 200"]);
  },
  autoApprove,
);

muslScenario(
  "on musl dumpconfig --write writes the config file, and a second run changes nothing",
  async (scene) => {
    const { accessToken } = scene.standIn.signIn();
    const args = ["dumpconfig", "--sso-access-token", accessToken, "--start-url", startUrl, "--write"];
    const first = await scene.run(args);
    expect([first.status, first.stdout]).toEqual([0, ""]);
    const file = join(scene.home, ".aws/config");
    const text = await textOfFile(file);
    expect(text).toContain("[profile my-acct-1-PowerUserAccess]\n");
    const second = await scene.run(args);
    expect(second).toEqual({ status: 0, stdout: "", stderr: `aws-login: ${file} is up to date\n` });
    expect(await textOfFile(file)).toBe(text);
  },
);

muslScenario(
  "on musl the program of runas takes the process over: its id, streams and status",
  async (scene) => {
    const running = scene.start(
      ["runas", "--", "sh", "-c", "echo $$ $AWS_ACCESS_KEY_ID; echo err >&2; exit 7"],
      ANA,
    );
    expect(await running.ended).toEqual({
      status: 7,
      stdout: `${running.pid} ${ANA.AWS_ACCESS_KEY_ID}\n`,
      stderr: "err\n",
    });
  },
);

muslScenario(
  "on musl a program under runas --auto-refresh goes through many ends of its credentials, and the endpoint ends with it",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
    await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
    const line = `echo $$; until [ -e enough ]; do "$0" getcallerid | grep Arn || exit 9; sleep 0.2; done; exit 7`;
    const args = ["runas", "--auto-refresh", "--profile", "s", "--", "sh", "-c", line, scene.executable];
    const running = scene.start(args);
    await untilIssued(scene, 4);
    await scene.write("work/enough", "");
    const { status, stdout, stderr } = await running.ended;
    expect({ status, stderr }).toEqual({ status: 7, stderr: "" });
    const [pid, ...arns] = stdout.trimEnd().split("\n");
    expect([pid, new Set(arns).size]).toEqual([String(running.pid), 1]);
    expect(arns[0]).toContain("assumed-role/AWSReservedSSO_ReadOnlyAccess_");
    await untilNoEndpoint(scene);
    expect(await readdir(join(scene.home, ".aws-login/endpoints"))).toEqual([]);
  },
  { world: worldWithShortRoles(3) },
);

muslScenario("on musl a program that does not exist ends runas with 127", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["runas", "--", "no-such-program"], ANA);
  expect([status, stdout]).toEqual([127, ""]);
  expect(stderr).toStartWith("aws-login: error: cannot run no-such-program: there is no such program\n");
});

muslScenario("on musl a credential_process is run, the executable itself included", async (scene) => {
  const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
  const printed = `{"Version":1,"AccessKeyId":"${accessKeyId}","SecretAccessKey":"${secretAccessKey}"}`;
  await scene.write("work/keys.json", printed);
  await scene.write(
    "home/.aws/config",
    `[profile outer]\ncredential_process = "${scene.executable}" dumpcreds --credential-helper --profile inner\n` +
      `[profile inner]\ncredential_process = cat keys.json\n`,
  );
  const ended = await scene.run(["dumpcreds", "--credential-helper", "--profile", "outer"]);
  expect(ended).toEqual({ status: 0, stdout: `${printed}\n`, stderr: "" });
});

muslScenario("on musl Ctrl-C ends a sign-in that waits, with status 130", async (scene) => {
  const running = scene.start(["login", "--start-url", startUrl, "--use-device-code", "--no-browser"]);
  await until(async () => (operations(scene).includes("CreateToken 400") ? true : undefined));
  running.kill("SIGINT");
  const { status, stdout, stderr } = await running.ended;
  expect([status, stdout]).toEqual([130, ""]);
  expect(stderr).toEndWith(stderrText({ error: `signing in to ${startUrl}: interrupted` }));
});
