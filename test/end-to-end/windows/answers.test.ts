/** The released Windows executable under Wine: what it prints, and what it says of mistakes. */
import { expect } from "bun:test";
import { versionLine } from "../../../src/lib/version.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { ANA, callerOf } from "../support/identities.ts";
import { expectSameFailure } from "./support/same-message.ts";
import { windowsScenario } from "./support/windows-scene.ts";

const { jump, relay, closed } = SAMPLE_ROLES;
const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
const inPowerShell = /^\$Env:(AWS_[A-Z_]+)=(?:'([^']*)'|\$null)$/;

windowsScenario("version and help are those of this machine's executable", async (scene) => {
  expect(await scene.run(["version"])).toEqual({ status: 0, stdout: versionLine, stderr: "" });
  for (const args of [["help"], ["help", "runas"], ["completion", "powershell"]]) {
    expect(await scene.run(args)).toEqual(await scene.here.run(args));
  }
});

windowsScenario(
  "getcallerid asks STS over TLS, under the authority that AWS_CA_BUNDLE names",
  async (scene) => {
    const here = await scene.here.run(["getcallerid"], ANA);
    expect(await scene.run(["getcallerid"], ANA)).toEqual({ status: 0, stdout: here.stdout, stderr: "" });
    expect(JSON.parse(here.stdout).Arn).toBe("arn:aws:iam::111111111111:user/ana");
  },
);

windowsScenario("a server whose authority is unknown is refused", async (scene) => {
  const ended = await scene.run(["getcallerid"], { ...ANA, AWS_CA_BUNDLE: undefined });
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toContain("certificate");
  expect(scene.standIn.requests).toEqual([]);
});

windowsScenario("the steps of a role chain follow each other", async (scene) => {
  const args = ["getcallerid", "--assume-roles", `${jump},${relay}`];
  const stdout = callerOf(scene.standIn, relay);
  expect(await scene.run(args, ANA)).toEqual({ status: 0, stdout, stderr: "" });
});

windowsScenario("dumpcreds prints lines for PowerShell unless told otherwise", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["dumpcreds"], ANA);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const pairs = lines.map((line) => inPowerShell.exec(line)?.slice(1) ?? [line]);
  expect(Object.fromEntries(pairs)).toMatchObject({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: undefined,
  });
});

windowsScenario("cmd.exe takes what dumpcreds --outform windows prints", async (scene) => {
  const dumped = await scene.run(["dumpcreds", "--outform", "windows"], ANA);
  expect([dumped.status, dumped.stderr]).toEqual([0, ""]);
  await scene.write("work/keys.bat", `@echo off\r\n${dumped.stdout.replaceAll("\n", "\r\n")}`);
  const argv = ["cmd.exe", "/d", "/c", `call keys.bat & ${scene.tell}`];
  const names = "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN";
  const env = { AWS_SESSION_TOKEN: "of-another-identity", TELL_VARIABLES: names };
  expect(await scene.startProgram(argv, env).ended).toEqual({
    status: 0,
    stdout: `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\nAWS_SESSION_TOKEN\n`,
    stderr: "",
  });
});

windowsScenario("console --no-browser prints a URL that opens the console", async (scene) => {
  const { status, stdout, stderr } = await scene.run(
    ["console", "--no-browser", "--assume-roles", jump],
    ANA,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^https:\/\/signin\.aws\.amazon\.com\/federation\?Action=login&\S+\n$/);
  const { proxyUrl, caPem } = scene.standIn;
  const page = await fetch(stdout.trim(), { proxy: proxyUrl, tls: { ca: caPem } });
  expect(await page.text()).toContain("Signed in as arn:aws:sts::111111111111:assumed-role/Jump/aws-login");
});

windowsScenario("--verbose tells each request, and no secret", async (scene) => {
  const { status, stderr } = await scene.run(["getcallerid", "--verbose"], ANA);
  expect(status).toBe(0);
  expect(stderr).toContain("sts.us-east-1.amazonaws.com");
  expect(stderr).not.toContain(secretAccessKey.slice(0, 12));
});

const mistakes: Readonly<Record<string, { readonly args: readonly string[]; readonly status: number }>> = {
  "an unknown option": { args: ["getcallerid", "--profil", "dev"], status: 2 },
  "an unknown command": { args: ["whoareyou"], status: 2 },
  "two options that contradict each other": {
    args: ["dumpcreds", "--credential-helper", "--outform", "env"],
    status: 2,
  },
  "no command for runas": { args: ["runas"], status: 2 },
  "a role list that is no file": { args: ["getcallerid", "--assume-roles", "file://none.json"], status: 1 },
  "a profile that does not exist": { args: ["getcallerid", "--profile", "nope"], status: 3 },
  "a role that trusts no caller": { args: ["getcallerid", "--assume-roles", closed], status: 1 },
  "a token file that does not exist": {
    args: ["dumpconfig", "--accesstoken-cache", "none.json"],
    status: 1,
  },
};
for (const [name, { args, status }] of Object.entries(mistakes)) {
  windowsScenario(`${name} is an error in the words of this machine's executable`, async (scene) => {
    await expectSameFailure(scene, args, status, ANA);
  });
}

windowsScenario("without any source each one tried is named", async (scene) => {
  const stderr = await expectSameFailure(scene, ["getcallerid"], 3);
  expect(stderr).toStartWith("aws-login: error: no credentials found\n");
});

windowsScenario("a config file that does not parse is named with its line", async (scene) => {
  await scene.write("home/.aws/config", "[profile dev]\r\nregion\r\n");
  const stderr = await expectSameFailure(scene, ["getcallerid", "--profile", "dev"], 1);
  expect(stderr).toContain("line 2 ");
});
