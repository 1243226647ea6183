import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { answeredKey, setTimes } from "./support/cached-credentials.ts";
import { ANA } from "./support/identities.ts";
import type { Ended } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

const helper = ["dumpcreds", "--credential-helper", "--use-cache"];
const ofRole = [...helper, "--assume-roles", SAMPLE_ROLES.jump];

/** So many processes at once. */
function herd(scene: Scene, count: number, args: readonly string[], env = ANA): Promise<Ended[]> {
  return Promise.all(Array.from({ length: count }, () => scene.run(args, env)));
}

/** Statuses and what was said, each once. */
const outcomes = (ended: readonly Ended[]) => [
  ...new Set(ended.map(({ status, stderr }) => `${status} ${stderr}`)),
];
const answers = (ended: readonly Ended[]) => [...new Set(ended.map(({ stdout }) => stdout))];
const calls = (scene: Scene) => scene.standIn.requests.map(({ action }) => action);

scenario("of fifty processes that find nothing cached, one retrieves credentials for all", async (scene) => {
  const ended = await herd(scene, 50, ofRole);
  expect(outcomes(ended)).toEqual(["0 "]);
  expect(answers(ended)).toHaveLength(1);
  expect(calls(scene)).toEqual(["AssumeRole"]);
});

scenario(
  "of twenty processes whose sign-in must be renewed too, one renews it and retrieves credentials",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
    const ended = await herd(scene, 20, [...helper, "--profile", "s"], {});
    expect(outcomes(ended)).toEqual(["0 "]);
    expect(answers(ended)).toHaveLength(1);
    expect(operations(scene)).toEqual(["CreateToken 200", "GetRoleCredentials 200"]);
  },
);

scenario(
  "when the process that retrieves credentials is killed, the next one goes on at once",
  async (scene) => {
    scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 60_000 });
    const first = scene.start(ofRole, ANA);
    await until(async () => scene.standIn.requests[0]);
    const others = herd(scene, 3, ofRole);
    first.kill("SIGKILL");
    const ended = await others;
    expect(outcomes(ended)).toEqual(["0 "]);
    expect(answers(ended)).toHaveLength(1);
    // The first call would have come back after this test's time.
    expect(await first.ended).toMatchObject({ status: 137, stdout: "" });
  },
);

scenario(
  "a stopped process with the lock delays the others for ten seconds at most",
  async (scene) => {
    scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 60_000 });
    const stopped = scene.start(ofRole, ANA);
    await until(async () => scene.standIn.requests[0]);
    stopped.kill("SIGSTOP");
    const began = performance.now();
    const ended = await herd(scene, 3, ofRole);
    expect(outcomes(ended)).toEqual(["0 "]);
    expect(performance.now() - began).toBeGreaterThan(5_000);
    stopped.kill("SIGKILL");
    await stopped.ended;
  },
  { waits: true },
);

scenario("one refusal serves all processes that waited for it, and none that begin later", async (scene) => {
  scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 2000 });
  const args = [...helper, "--assume-roles", SAMPLE_ROLES.closed];
  const ended = await herd(scene, 20, args);
  expect(calls(scene)).toEqual(["AssumeRole"]);
  expect(answers(ended)).toEqual([""]);
  expect(ended.map(({ status }) => status)).toEqual(Array(20).fill(1));
  for (const { stderr } of ended) expect(stderr).toContain("AccessDenied");
  const told = ended.filter(({ stderr }) => stderr.includes("note: another aws-login asked"));
  expect(told).toHaveLength(19);
  await scene.run(args, ANA);
  expect(calls(scene)).toHaveLength(2);
});

scenario(
  "while one process renews credentials that are still valid, the others are served at once",
  async (scene) => {
    const before = answeredKey(await scene.run(ofRole, ANA));
    await setTimes(scene, { acquired: -3000, expires: 600 });
    scene.standIn.fault({ match: { action: "AssumeRole" }, delay: 3000 });
    const renewing = scene.run(ofRole, ANA);
    await until(async () => scene.standIn.requests[1]);
    const ended = await herd(scene, 10, ofRole);
    expect(ended.map(answeredKey)).toEqual(Array(10).fill(before));
    const renewed = answeredKey(await renewing);
    expect(renewed).not.toBe(before);
    expect((await herd(scene, 3, ofRole)).map(answeredKey)).toEqual(Array(3).fill(renewed));
    expect(calls(scene)).toHaveLength(2);
  },
);

scenario("processes do not queue for a helper whose keys must not be cached", async (scene) => {
  const printed = '{"Version":1,"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"made/up"}';
  const program = await scene.write("bin/helper", `#!/bin/sh\nsleep 3\necho '${printed}'\n`, 0o755);
  await scene.write("home/.aws/config", `[profile dev]\ncredential_process = ${program}\n`);
  const ended = await herd(scene, 12, [...helper, "--profile", "dev"], {});
  expect(outcomes(ended)).toEqual(["0 "]);
  expect(answers(ended)).toEqual([`${printed}\n`]);
  // One after the other they would have taken longer than this test may.
});
