/** The own cache of the released Windows executable, and how its processes share one request. */
import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { answeredKey, entryFiles, setTimes } from "../support/cached-credentials.ts";
import { ANA } from "../support/identities.ts";
import type { Ended } from "../support/run.ts";
import { config, operations, sessionToken, tokenFile } from "../support/sign-ins.ts";
import { until } from "../support/until.ts";
import { executablesOf } from "./support/windows-processes.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";

const helper = ["dumpcreds", "--credential-helper", "--use-cache"];
const ofRole = [...helper, "--assume-roles", SAMPLE_ROLES.jump];

function herd(scene: WindowsScene, count: number, args: readonly string[], env = ANA): Promise<Ended[]> {
  return Promise.all(Array.from({ length: count }, () => scene.run(args, env)));
}

const calls = ({ standIn }: WindowsScene) => standIn.requests.map(({ action }) => action);

windowsScenario("credentials are acquired once, and answered from the cache afterwards", async (scene) => {
  const first = await scene.run(ofRole, ANA);
  expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
  expect(await scene.run(ofRole, ANA)).toEqual(first);
  expect(calls(scene)).toEqual(["AssumeRole"]);
  expect(await entryFiles(scene)).toHaveLength(1);
});

windowsScenario("a changed config file has another cache entry", async (scene) => {
  await scene.write(
    "home/.aws/config",
    `[profile dev]\r\nrole_arn = ${SAMPLE_ROLES.jump}\r\ncredential_source = Environment\r\n`,
  );
  const args = [...helper, "--profile", "dev"];
  const first = answeredKey(await scene.run(args, ANA));
  expect(answeredKey(await scene.run(args, ANA))).toBe(first);
  await scene.write(
    "home/.aws/config",
    `[profile dev]\r\nrole_arn = ${SAMPLE_ROLES.ring}\r\ncredential_source = Environment\r\n`,
  );
  expect(answeredKey(await scene.run(args, ANA))).not.toBe(first);
  expect(calls(scene)).toEqual(["AssumeRole", "AssumeRole"]);
});

windowsScenario("credentials near their end are renewed", async (scene) => {
  const before = answeredKey(await scene.run(ofRole, ANA));
  await setTimes(scene, { acquired: -3590, expires: 10 });
  expect(answeredKey(await scene.run(ofRole, ANA))).not.toBe(before);
  expect(calls(scene)).toHaveLength(2);
});

windowsScenario(
  "of ten processes that find nothing cached, one asks and all have its answer",
  async (scene) => {
    const ended = await herd(scene, 10, ofRole);
    expect(new Set(ended.map(answeredKey)).size).toBe(1);
    expect(calls(scene)).toEqual(["AssumeRole"]);
  },
);

windowsScenario("of eight whose sign-in has expired, one renews it and asks", async (scene) => {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  const ended = await herd(scene, 8, [...helper, "--profile", "s"], {});
  expect(new Set(ended.map(answeredKey)).size).toBe(1);
  expect(operations(scene)).toEqual(["CreateToken 200", "GetRoleCredentials 200"]);
});

windowsScenario(
  "when the process that retrieves credentials is killed, the next one goes on at once",
  async (scene) => {
    scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 120_000, times: 1 });
    const first = scene.start(ofRole, ANA);
    await until(async () => scene.standIn.requests[0]);
    const holders = await executablesOf(scene);
    expect(holders).toHaveLength(1);
    const others = herd(scene, 3, ofRole);
    for (const holder of holders) process.kill(holder, "SIGKILL");
    expect(new Set((await others).map(answeredKey)).size).toBe(1);
    expect((await first.ended).stdout).toBe("");
  },
);
