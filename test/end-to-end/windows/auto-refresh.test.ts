/** `runas --auto-refresh` of the released Windows executable, where `aws-login` itself serves beside its program. */
import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { untilIssued, worldWithShortRoles } from "../support/endpoints.ts";
import { ANA, callerOf, keyLines } from "../support/identities.ts";
import { config, sessionToken, tokenFile } from "../support/sign-ins.ts";
import { windowsScenario } from "./support/windows-scene.ts";

const asJump = ["runas", "--auto-refresh", "--assume-roles", SAMPLE_ROLES.jump];

windowsScenario("the program gets the role from an endpoint, and no keys", async (scene) => {
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  const ended = await scene.run([...asJump, "--", scene.executable, "getcallerid"], ANA);
  expect(ended).toEqual({ status: 0, stdout, stderr: "" });
  const hidden = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"];
  const shown = ["AWS_REGION", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  const env = { ...ANA, TELL_STATUS: "7", TELL_VARIABLES: [...hidden, ...shown].join(",") };
  const told = await scene.run([...asJump, "--region", "eu-west-1", "--", scene.tell], env);
  expect([told.status, told.stderr]).toEqual([7, ""]);
  const lines = told.stdout.split("\n");
  expect(lines.slice(0, 5)).toEqual([...hidden, "AWS_REGION=eu-west-1"]);
  expect(lines[5]).toMatch(/^AWS_CONTAINER_CREDENTIALS_FULL_URI=http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}$/);
});

windowsScenario(
  "keys of the default profile do not win, and the copy of the config goes with the program",
  async (scene) => {
    await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const ended = await scene.run([...asJump, "--", scene.executable, "getcallerid"]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.jump), stderr: "" });
    expect(await readdir(join(scene.home, ".aws-login/endpoints"))).toEqual([]);
  },
);

windowsScenario(
  "a program works through many ends of its credentials without one failed call",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
    const lines = [
      "@echo off",
      ":again",
      `"${scene.executable}" getcallerid`,
      "if errorlevel 1 exit /b 9",
      "if not exist enough goto again",
      "exit /b 5",
    ];
    await scene.write("work/loop.bat", lines.map((line) => `${line}\r\n`).join(""));
    const args = ["runas", "--auto-refresh", "--profile", "s", "--", "cmd.exe", "/d", "/c", "loop.bat"];
    const running = scene.start(args);
    await untilIssued(scene, 4);
    await scene.write("work/enough", "");
    const { status, stdout, stderr } = await running.ended;
    expect({ status, stderr }).toEqual({ status: 5, stderr: "" });
    expect(stdout.match(/"Arn"/g)?.length).toBeGreaterThan(1);
  },
  { world: worldWithShortRoles(3) },
);
