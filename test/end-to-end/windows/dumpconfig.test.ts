/** `dumpconfig` of the released Windows executable, and the config files of Windows. */
import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { startUrl } from "../support/sign-ins.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";
import { windowsPath } from "./support/wine.ts";

const write = ({ standIn }: WindowsScene) => [
  "dumpconfig",
  ...["--sso-access-token", standIn.signIn().accessToken, "--start-url", startUrl, "--write"],
];

windowsScenario("dumpconfig prints what this machine's executable prints", async (scene) => {
  const [command = "", ...args] = write(scene).slice(0, -1);
  const here = await scene.here.run([command, ...args]);
  expect(here.stdout).toContain("[profile my-acct-1-PowerUserAccess]\n");
  expect(await scene.run([command, ...args])).toEqual({ ...here, status: 0, stderr: "" });
});

windowsScenario("dumpconfig --write makes the file where there is none", async (scene) => {
  const ended = await scene.run(write(scene));
  expect([ended.status, ended.stdout]).toEqual([0, ""]);
  expect(ended.stderr).toStartWith(`aws-login: wrote ${windowsPath(join(scene.home, ".aws", "config"))} `);
  const text = await Bun.file(join(scene.home, ".aws/config")).text();
  expect(text).toContain(`sso_start_url = ${startUrl}`);
  expect(await readdir(join(scene.home, ".aws"))).toEqual(["config"]);
});

windowsScenario("dumpconfig --write keeps CRLF and every byte that a person wrote", async (scene) => {
  const mine =
    "# mine\r\n[default]\r\nregion=eu-west-1\r\n\r\n[profile my-acct-1-PowerUserAccess]\r\noutput = text\r\nsso_account_id = 999999999999\r\n";
  const file = await scene.write("home/.aws/config", mine);
  const first = await scene.run(write(scene));
  expect([first.status, first.stdout]).toEqual([0, ""]);
  const text = await Bun.file(file).text();
  expect(text).toStartWith(mine.slice(0, mine.indexOf("sso_account_id")));
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  expect(text).toContain("\r\nsso_account_id = 111111111111\r\n");
  const names = await readdir(join(scene.home, ".aws"));
  expect(names.filter((name) => /^config\..*\.bak$/.test(name))).toHaveLength(1);

  const second = await scene.run(write(scene));
  expect([second.status, second.stdout]).toEqual([0, ""]);
  expect(second.stderr).toContain("is up to date");
  expect(await Bun.file(file).text()).toBe(text);
  expect(await readdir(join(scene.home, ".aws"))).toEqual(names);
});

windowsScenario("a config file that does not parse is left as it is", async (scene) => {
  const file = await scene.write("home/.aws/config", "[profile dev\r\nregion = eu-west-1\r\n");
  const { status, stdout, stderr } = await scene.run(write(scene));
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toStartWith("aws-login: error: ");
  expect(await Bun.file(file).text()).toBe("[profile dev\r\nregion = eu-west-1\r\n");
});
