import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const { guarded, ring, reader } = SAMPLE_ROLES;
const serial = SAMPLE_MFA.serialNumber;
const needsCode = ["--assume-roles", guarded, "--mfa-serial", serial];

/** A program of the path that prints the device's code, as ykman does. */
async function device(scene: Scene): Promise<void> {
  const code = scene.standIn.world.mfaCode(serial) ?? "";
  await scene.write("bin/made-up-device", `#!/bin/sh\necho "  ${code}"\n`, 0o755);
}

scenario("mfa_process of a profile gives the code of its device, without a question", async (scene) => {
  await device(scene);
  const role = `[profile g]\nrole_arn = ${guarded}\nsource_profile = ana\nmfa_serial = ${serial}\n`;
  await scene.write("home/.aws/config", `${role}mfa_process = made-up-device code\n`);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const args = ["dumpcreds", "--credential-helper", "--use-cache", "--profile", "g"];
  const first = await scene.run(args);
  expect([first.status, first.stderr]).toEqual([0, ""]);
  expect(await scene.run(args)).toEqual(first);
  expect(scene.standIn.requests.map(({ action }) => action)).toEqual(["AssumeRole"]);
});

scenario("--mfa-process gives the code of --mfa-serial", async (scene) => {
  await device(scene);
  const ended = await scene.run(["getcallerid", ...needsCode, "--mfa-process", "made-up-device code"], ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, guarded), stderr: "" });
});

scenario("--verbose names the device whose code a command gave, and not the code", async (scene) => {
  await device(scene);
  const code = scene.standIn.world.mfaCode(serial) ?? "";
  const args = ["getcallerid", "--verbose", ...needsCode, "--mfa-process", "made-up-device code"];
  const { status, stderr } = await scene.run(args, ANA);
  expect(status).toBe(0);
  expect(stderr).toContain(`aws-login: mfa_process: gave a code for ${serial}\n`);
  expect(stderr).not.toContain(code);
});

scenario("an mfa_process that fails is an error that shows nothing of its output", async (scene) => {
  const command = "echo 654321; exit 3";
  expect(await scene.run(["getcallerid", ...needsCode, "--mfa-process", command], ANA)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: `cannot assume role ${guarded}: cannot get the MFA code for ${serial} from the command of mfa_process: it failed (exit status 3)`,
      hints: ["run the command yourself to see what it prints, or give the code with --mfa-token"],
    }),
  });
  expect(scene.standIn.requests).toEqual([]);
});

scenario("session_tags and transitive_session_tags of a profile reach its role", async (scene) => {
  const tags = "session_tags = team=blue, cost = 7\ntransitive_session_tags = team\n";
  const profile = `[profile t]\nrole_arn = ${ring}\nsource_profile = ana\n${tags}`;
  await scene.write("home/.aws/config", profile);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const ended = await scene.run(["getcallerid", "--profile", "t", "--assume-roles", reader]);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, reader), stderr: "" });
  expect(scene.standIn.requests[0]?.form).toMatchObject({
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "blue",
    "Tags.member.2.Key": "cost",
    "Tags.member.2.Value": "7",
    "TransitiveTagKeys.member.1": "team",
  });
});
