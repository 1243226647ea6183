/** `credential_process` as the released Windows executable runs it, by Wine's cmd.exe. */
import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { ANA, callerOf } from "../support/identities.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";
import { windowsPath } from "./support/wine.ts";

const { ana } = SAMPLE_KEYS;
const printed = JSON.stringify({
  Version: 1,
  AccessKeyId: ana.accessKeyId,
  SecretAccessKey: ana.secretAccessKey,
});
const credentials = ["dumpcreds", "--credential-helper", "--profile", "dev"];

/** A profile `dev` whose helper is this batch file, in a folder with a blank in its name. */
async function helper(scene: WindowsScene, lines: readonly string[], args = ""): Promise<string> {
  const program = await scene.write("My Tools/helper.bat", `@echo off\r\n${lines.join("\r\n")}\r\n`);
  const line = `credential_process = "${windowsPath(program)}"${args}`;
  return scene.write("home/.aws/config", `[profile dev]\r\n${line}\r\n`);
}

windowsScenario("a helper in a folder with a blank, with arguments that have blanks", async (scene) => {
  await scene.write("My Tools/keys.json", `${printed}\n`);
  const told = windowsPath(`${scene.root}/told`);
  await helper(
    scene,
    [`type "%~dp0keys.json"`, `set TELL_FILE=${told}`, `${scene.tell} %*`],
    ' --give "a b" c',
  );
  expect(await scene.run(credentials)).toEqual({ status: 0, stdout: `${printed}\n`, stderr: "" });
  expect(await Bun.file(`${scene.root}/told`).text()).toBe("[--give]\n[a b]\n[c]\n");
});

windowsScenario("a helper's keys are the source of a role", async (scene) => {
  await helper(scene, [`echo ${printed}`]);
  const { jump } = SAMPLE_ROLES;
  const ended = await scene.run(["getcallerid", "--profile", "dev", "--assume-roles", jump]);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
});

windowsScenario(
  "a helper that fails is shown by its exit status and stderr, never by its stdout",
  async (scene) => {
    const config = await helper(scene, [`echo ${printed}`, "echo the vault is locked>&2", "exit /b 3"]);
    const { status, stdout, stderr } = await scene.run(credentials);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(windowsPath(config));
    expect(stderr).toContain("exit status 3");
    expect(stderr).toContain("the vault is locked");
    expect(stderr).not.toContain(ana.secretAccessKey.slice(0, 12));
  },
);

windowsScenario("a helper that does not exist is an error that names the profile", async (scene) => {
  await scene.write("home/.aws/config", "[profile dev]\r\ncredential_process = C:\\none\\helper.exe\r\n");
  const { status, stdout, stderr } = await scene.run(credentials);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toStartWith(
    "aws-login: error: cannot get credentials from the credential_process of profile dev",
  );
});

windowsScenario("a helper may be the executable itself, for another profile", async (scene) => {
  const line = `"${scene.executable}" dumpcreds --credential-helper --profile inner`;
  await scene.write(
    "home/.aws/config",
    `[profile dev]\r\ncredential_process = ${line}\r\n` +
      `[profile inner]\r\naws_access_key_id = ${ana.accessKeyId}\r\naws_secret_access_key = ${ana.secretAccessKey}\r\n`,
  );
  expect(await scene.run(credentials)).toEqual({ status: 0, stdout: `${printed}\n`, stderr: "" });
});

windowsScenario("a helper that is the executable for its own profile ends at once", async (scene) => {
  const line = `"${scene.executable}" dumpcreds --credential-helper --profile dev`;
  await scene.write("home/.aws/config", `[profile dev]\r\ncredential_process = ${line}\r\n`);
  const { status, stdout, stderr } = await scene.run(credentials);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("it is waiting for this very profile");
});

windowsScenario("runas gives the keys of a helper to its program", async (scene) => {
  await helper(scene, [`echo ${printed}`]);
  const names = "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_PROFILE,AWS_LOGIN_PROFILE_CHAIN";
  const env = { AWS_PROFILE: "dev", TELL_VARIABLES: names };
  expect(await scene.run(["runas", "--", scene.tell], env)).toEqual({
    status: 0,
    stdout: `AWS_ACCESS_KEY_ID=${ana.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${ana.secretAccessKey}\nAWS_PROFILE\nAWS_LOGIN_PROFILE_CHAIN\n`,
    stderr: "",
  });
  expect(ANA.AWS_ACCESS_KEY_ID).toBe(ana.accessKeyId);
});
