/** `serve` of the released Windows executable, in the foreground. */
import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { ANA, callerOf } from "../support/identities.ts";
import { ask, bodyOf } from "../support/served.ts";
import { textOfFile, until } from "../support/until.ts";
import { executablesOf } from "./support/windows-processes.ts";
import { windowsScenario } from "./support/windows-scene.ts";

windowsScenario("serve serves programs that are started elsewhere until it is ended", async (scene) => {
  const { executable, work } = scene;
  const line = `"${executable}" serve --assume-roles ${SAMPLE_ROLES.jump} --outform json > served.json 2> said.txt`;
  await scene.write("work/serve.bat", `@echo off\r\n${line}\r\n`);
  const running = scene.startProgram(["cmd.exe", "/d", "/c", "serve.bat"], ANA);
  try {
    const variables: Record<string, string | null> = await until(async () => {
      const text = await textOfFile(`${work}/served.json`);
      return text?.endsWith("}\n") ? JSON.parse(text) : undefined;
    });
    const uri = variables.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? "";
    const token = variables.AWS_CONTAINER_AUTHORIZATION_TOKEN ?? "";
    const served = await ask({ uri, token });
    expect([served.status, (await bodyOf(served)).AccountId]).toEqual([200, "111111111111"]);
    expect((await ask({ uri, token: "x" })).status).toBe(403);
    const elsewhere = Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
    const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
    expect(await scene.run(["getcallerid"], elsewhere)).toEqual({ status: 0, stdout, stderr: "" });
    const said = await until(async () => (await textOfFile(`${work}/said.txt`)) || undefined);
    expect(said).toMatch(
      /^aws-login: serving the credentials of 111111111111\/Jump, which end at \S+ and are renewed before; Ctrl-C ends it\n$/,
    );
  } finally {
    for (const id of await executablesOf(scene)) process.kill(id, "SIGKILL");
    await running.ended;
  }
});

windowsScenario("serve --detach is refused with the way that Windows has", async (scene) => {
  expect(await scene.run(["serve", "--detach", "--assume-roles", SAMPLE_ROLES.jump], ANA)).toEqual({
    status: 2,
    stdout: "",
    stderr: `aws-login: error: cannot serve in the background on Windows
aws-login: hint: leave out --detach, and let it run in a window of its own
`,
  });
});
