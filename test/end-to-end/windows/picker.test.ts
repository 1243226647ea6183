/** Choosing an identity with the released Windows executable: a list with numbers on the console, an error without one. */
import { expect } from "bun:test";
import { stripVTControlCharacters } from "node:util";
import { openTerminal, type TerminalSession } from "../../system/terminal/terminal-session.ts";
import { config, sessionToken, tokenFile } from "../support/sign-ins.ts";
import { until } from "../support/until.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";

const names = [
  "my-acct-1/AdministratorAccess (111111111111, https://d-9876543210.awsapps.com/start)",
  "my-acct-1/PowerUserAccess (111111111111, https://d-9876543210.awsapps.com/start)",
  "my-acct-1/ReadOnlyAccess (111111111111, https://d-9876543210.awsapps.com/start)",
  "my-acct-2/ReadOnlyAccess (222222222222, https://d-9876543210.awsapps.com/start)",
];

async function signedIn(scene: WindowsScene): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  expect((await scene.run(["list"])).status).toBe(0);
}

/** The console, once it asks. */
async function asked(scene: WindowsScene): Promise<TerminalSession> {
  const terminal = openTerminal(scene.commandLine(["getcallerid", "my-acct"]), {
    ...scene.env,
    TERM: "xterm",
  });
  // Wine draws it piece by piece.
  await until(async () => shown(terminal).includes("(nothing leaves):") || undefined);
  await until(async () => !terminal.echoes() || undefined);
  return terminal;
}

function shown(terminal: TerminalSession): string {
  return stripVTControlCharacters(terminal.text()).replace(/[\r\n]+/g, "\n");
}

windowsScenario(
  "several roles are listed with numbers on the console, one of which is typed",
  async (scene) => {
    await signedIn(scene);
    await using terminal = await asked(scene);
    expect(shown(terminal)).toContain("  2  my-acct-1/PowerUserAccess  111111111111\n");
    terminal.type("2\r");
    expect(await terminal.exited).toBe(0);
    expect(shown(terminal)).toContain("aws-login: the same without asking: aws-login getcallerid ");
    expect(shown(terminal)).toContain("111111111111:assumed-role/AWSReservedSSO_PowerUserAccess_");
  },
);

windowsScenario("Ctrl-C at the list ends with status 130", async (scene) => {
  await signedIn(scene);
  await using terminal = await asked(scene);
  terminal.type("\x03");
  expect(await terminal.exited).toBe(130);
});

windowsScenario("without a console the roles are named, with status 2", async (scene) => {
  await signedIn(scene);
  const several = await scene.run(["dumpcreds", "my-acct"]);
  expect({ status: several.status, stdout: several.stdout }).toEqual({ status: 2, stdout: "" });
  expect(several.stderr.split("\n")).toEqual([
    'aws-login: error: cannot choose an identity for "my-acct": 4 match, and there is no terminal to choose on',
    ...names.map((name) => `aws-login: note: ${name}`),
    "aws-login: hint: add a word, or name one exactly: a profile, or ACCOUNT/ROLE",
    "",
  ]);
  const all = await scene.run(["dumpcreds", "a"]);
  expect(all.status).toBe(2);
  expect(all.stderr.split("\n").filter((line) => line.startsWith("aws-login: note: "))).toHaveLength(11);
  expect(all.stderr).toContain("more: aws-login list shows them all\n");
});
