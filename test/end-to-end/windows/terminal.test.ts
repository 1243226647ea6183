/** The released Windows executable before a person: a console of Wine's, which Wine draws on a terminal of Linux. */
import { expect } from "bun:test";
import { stripVTControlCharacters } from "node:util";
import { SAMPLE_MFA, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { openTerminal, type TerminalSession } from "../../system/terminal/terminal-session.ts";
import { ANA } from "../support/identities.ts";
import { operations, startUrl } from "../support/sign-ins.ts";
import { until } from "../support/until.ts";
import { type WindowsScene, windowsScenario } from "./support/windows-scene.ts";

const { guarded } = SAMPLE_ROLES;
const serial = SAMPLE_MFA.serialNumber;
const needsCode = ["getcallerid", "--assume-roles", guarded, "--mfa-serial", serial];
const question = `Enter MFA code for ${serial}:`;

/** The program, once it has asked its question and the console repeats nothing. */
async function askedFor(scene: WindowsScene): Promise<TerminalSession> {
  const terminal = openTerminal(scene.commandLine(needsCode), { ...scene.env, ...ANA });
  await terminal.shows(question);
  await until(async () => !terminal.echoes() || undefined);
  return terminal;
}

/** What the console shows, without what moves the cursor and the blanks before it. */
function shown(terminal: TerminalSession): string {
  return stripVTControlCharacters(terminal.text()).replace(/[\r\n]+/g, "\n");
}

const codeOf = ({ standIn }: WindowsScene) => standIn.world.mfaCode(serial) ?? "";

windowsScenario("an MFA code is asked for on the console and not shown", async (scene) => {
  await using terminal = await askedFor(scene);
  const code = codeOf(scene);
  terminal.type(`${code}\r`);
  expect(await terminal.exited).toBe(0);
  expect(shown(terminal)).toStartWith(`${question}\n{\n`);
  expect(shown(terminal)).toContain('"Arn": "arn:aws:sts::222222222222:assumed-role/Guarded/aws-login"');
  expect(shown(terminal)).not.toContain(code);
});

windowsScenario("Backspace takes back what was typed wrongly", async (scene) => {
  await using terminal = await askedFor(scene);
  terminal.type(`9\b${codeOf(scene)}\r`);
  expect(await terminal.exited).toBe(0);
});

windowsScenario("Ctrl-C at the question ends with status 130 and sends no request", async (scene) => {
  await using terminal = await askedFor(scene);
  terminal.type("12\x03");
  expect(await terminal.exited).toBe(130);
  expect(shown(terminal)).toMatch(/aws-login: error: [^\n]*interrupted\n/);
  expect(scene.standIn.requests).toEqual([]);
});

windowsScenario("Ctrl-C ends a sign-in that waits for its approval, with status 130", async (scene) => {
  const args = ["login", "--start-url", startUrl, "--use-device-code", "--no-browser"];
  await using terminal = openTerminal(scene.commandLine(args), scene.env);
  await until(async () => operations(scene).includes("CreateToken 400") || undefined);
  terminal.type("\x03");
  expect(await terminal.exited).toBe(130);
  expect(shown(terminal)).toEndWith(`signing in to ${startUrl}: interrupted\n`);
});

windowsScenario("Ctrl-C reaches the program of runas, whose status counts", async (scene) => {
  const env = { ...scene.env, ...ANA, TELL_WAIT: "1", TELL_STDERR: "waiting\n", TELL_STATUS: "5" };
  await using terminal = openTerminal(scene.commandLine(["runas", "--", scene.tell]), env);
  // Wine draws it letter by letter.
  await until(async () => shown(terminal).includes("waiting") || undefined);
  terminal.type("\x03");
  expect(await terminal.exited).toBe(5);
});

windowsScenario("without a console the error names --mfa-token", async (scene) => {
  const { status, stdout, stderr } = await scene.run(needsCode, ANA);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`an MFA code for ${serial} is needed`);
  expect(stderr).toContain("--mfa-token");
  const ended = await scene.run([...needsCode, "--mfa-token", codeOf(scene)], ANA);
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
});
