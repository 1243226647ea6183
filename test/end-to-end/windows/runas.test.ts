/** `runas` of the released Windows executable, with programs of Wine's own and one built for Windows. */
import { expect } from "bun:test";
import { SAMPLE_KEYS } from "../../stand-in/sample-world.ts";
import { ANA } from "../support/identities.ts";
import { windowsScenario } from "./support/windows-scene.ts";

const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;

windowsScenario("the program gets its arguments as they were given", async (scene) => {
  const words = [
    "a b",
    "",
    '"quoted"',
    'b\\\\"c',
    "ends in\\",
    "C:\\Program Files\\",
    "%PATH%",
    "^&|<>!",
    "*",
    "é東",
  ];
  const ended = await scene.run(["runas", "--", scene.tell, ...words], ANA);
  const stdout = words.map((word) => `[${word}]\n`).join("");
  expect(ended).toEqual({ status: 0, stdout, stderr: "" });
});

windowsScenario("stdout, stderr and exit status are the program's own", async (scene) => {
  for (const status of [0, 1, 7, 255]) {
    const env = { ...ANA, TELL_STATUS: `${status}`, TELL_STDERR: "made-up complaint\n" };
    const ended = await scene.run(["runas", "--", scene.tell, "x"], env);
    expect(ended).toEqual({ status, stdout: "[x]\n", stderr: "made-up complaint\n" });
  }
});

windowsScenario("an exit status keeps its 32 bits", async (scene) => {
  const line = `"${scene.executable}" runas -- "${scene.tell}"`;
  await scene.write("work/run.bat", `@echo off\r\n${line}\r\necho %errorlevel%\r\n`);
  for (const status of ["0", "255", "256", "9009", "-1", "-1073741510"]) {
    const argv = ["cmd.exe", "/d", "/c", "run.bat"];
    const ended = await scene.startProgram(argv, { ...ANA, TELL_STATUS: status }).ended;
    expect([ended.stdout, ended.stderr]).toEqual([`${status}\r\n`, ""]);
  }
});

windowsScenario("the program sees the identity, and nothing that leads to another", async (scene) => {
  const hidden = {
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ACCOUNT_ID: "999999999999",
    aws_credential_expiration: "2099-01-01T00:00:00Z",
  };
  const names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_DEFAULT_REGION"];
  const env = { ...ANA, ...hidden, TELL_VARIABLES: [...names, ...Object.keys(hidden)].join(",") };
  expect(await scene.run(["runas", "--region", "eu-west-1", "--", scene.tell], env)).toEqual({
    status: 0,
    stdout: [
      `AWS_ACCESS_KEY_ID=${accessKeyId}`,
      `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
      "AWS_REGION=eu-west-1",
      "AWS_DEFAULT_REGION=eu-west-1",
      ...Object.keys(hidden),
      "",
    ].join("\n"),
    stderr: "",
  });
});

windowsScenario("--command is a line for cmd.exe, quotes included", async (scene) => {
  const line = `"${scene.tell}" "a b" "%AWS_ACCESS_KEY_ID%" & exit 5`;
  const ended = await scene.run(["runas", "--command", line], ANA);
  expect(ended).toEqual({ status: 5, stdout: `[a b]\n[${accessKeyId}]\n`, stderr: "" });
});

windowsScenario("a batch file is run by its name, and its status is handed on", async (scene) => {
  await scene.write("work/x.bat", "@echo off\r\necho [%~1] [%~2]\r\nexit /b 9\r\n");
  const ended = await scene.run(["runas", "--", "x.bat", "a b", "c"], ANA);
  expect(ended).toEqual({ status: 9, stdout: "[a b] [c]\r\n", stderr: "" });
});

windowsScenario(
  "a batch file's argument with characters that cmd.exe interprets is refused",
  async (scene) => {
    await scene.write("work/x.bat", "@echo off\r\necho [%~1]\r\n");
    expect(await scene.run(["runas", "--", "x.bat", "a&b"], ANA)).toEqual({
      status: 126,
      stdout: "",
      stderr:
        "aws-login: error: cannot run x.bat: it is a batch file, whose arguments cannot hold &\naws-login: hint: write the line as cmd.exe reads it: --command STRING\n",
    });
  },
);

windowsScenario("a program is found on PATH without its ending", async (scene) => {
  const ended = await scene.run(["runas", "--", "cmd", "/d", "/c", "exit 3"], ANA);
  expect(ended).toEqual({ status: 3, stdout: "", stderr: "" });
});

windowsScenario("a program that does not exist ends with 127 and a hint", async (scene) => {
  const ended = await scene.run(["runas", "--", "no-such-program"], ANA);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 127, stdout: "" });
  expect(ended.stderr).toStartWith(
    "aws-login: error: cannot run no-such-program: there is no such program\n",
  );
});

windowsScenario("arguments that a batch file cannot take are refused before it runs", async (scene) => {
  await scene.write("work/x.bat", "@echo off\r\necho ran\r\n");
  const ended = await scene.run(["runas", "--", "x.bat", 'a"&calc'], ANA);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 126, stdout: "" });
  expect(ended.stderr).toStartWith(
    'aws-login: error: cannot run x.bat: it is a batch file, whose arguments cannot hold " &\n',
  );
});
