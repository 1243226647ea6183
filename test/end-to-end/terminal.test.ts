import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { openTerminal, type TerminalSession } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const { guarded } = SAMPLE_ROLES;
const serial = SAMPLE_MFA.serialNumber;
const question = `Enter MFA code for ${serial}: `;
const needsCode = ["getcallerid", "--assume-roles", guarded, "--mfa-serial", serial];

function code(scene: Scene): string {
  return scene.standIn.world.mfaCode(serial) ?? "";
}

function open(scene: Scene, argv: readonly string[], more: Record<string, string> = ANA): TerminalSession {
  return openTerminal(argv, { ...scene.env, ...more });
}

scenario("an MFA code is asked for on the terminal and not shown", async (scene) => {
  await using terminal = open(scene, [executable, ...needsCode]);
  await terminal.shows(question);
  expect(terminal.echoes()).toBe(false);
  const typed = code(scene);
  terminal.type(`${typed}\n`);
  expect(await terminal.exited).toBe(0);
  expect(terminal.echoes()).toBe(true);
  const answer = callerOf(scene.standIn, guarded).replaceAll("\n", "\r\n");
  expect(terminal.text()).toBe(`${question}\r\n${answer}`);
  expect(terminal.text()).not.toContain(typed);
});

scenario("an MFA code is asked for once, for the role of the profile that wants it", async (scene) => {
  const config = `[profile g]\nrole_arn = ${guarded}\nsource_profile = ana\nmfa_serial = ${serial}\n`;
  await scene.write("home/.aws/config", config);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  await using terminal = open(scene, [executable, "getcallerid", "--profile", "g"], {});
  await terminal.shows(question);
  terminal.type(`${code(scene)}\n`);
  expect(await terminal.exited).toBe(0);
  expect(terminal.text().split(question)).toHaveLength(2);
});

scenario(
  "source <(aws-login dumpcreds …) works in an interactive shell, a question included",
  async (scene) => {
    await using terminal = open(scene, ["bash", "--norc", "--noprofile", "-i"], {
      ...ANA,
      PS1: "prompt> ",
      TERM: "dumb",
    });
    await terminal.shows("prompt> ");
    const dump = `aws-login dumpcreds --assume-roles ${guarded} --mfa-serial ${serial}`;
    terminal.type(`source <(${dump}); echo "source ended with $?"\n`);
    await terminal.shows(question);
    terminal.type(`${code(scene)}\n`);
    await terminal.shows("\nsource ended with 0");
    terminal.type("aws-login getcallerid; exit\n");
    await terminal.shows(`"arn:aws:sts::222222222222:assumed-role/Guarded/aws-login"`);
    expect(await terminal.exited).toBe(0);
  },
);

scenario(
  "Ctrl-C at the question ends with status 130, one error line and the terminal as it was",
  async (scene) => {
    await using terminal = open(scene, [executable, ...needsCode]);
    await terminal.shows(question);
    terminal.type("12\x03");
    expect(await terminal.exited).toBe(130);
    expect(terminal.echoes()).toBe(true);
    expect(terminal.text()).toMatch(
      /^Enter MFA code for \S+: (\^C)?\r\naws-login: error: [^\n]*interrupted[^\n]*\r\n/,
    );
    expect(scene.standIn.requests).toEqual([]);
  },
);

scenario("a text that is not an MFA code is refused before any request, and not repeated", async (scene) => {
  await using terminal = open(scene, [executable, ...needsCode]);
  await terminal.shows(question);
  terminal.type("made-up\n");
  expect(await terminal.exited).toBe(1);
  expect(terminal.text()).not.toContain("made-up");
  expect(terminal.text()).toContain(`aws-login: error: cannot assume role ${guarded}: `);
  expect(scene.standIn.requests).toEqual([]);
});

scenario(
  "an MFA code without a terminal to ask on is an error that names --mfa-token",
  async (scene) => {
    // A session of its own has no controlling terminal, wherever the tests run.
    const words = ["setsid", "--wait", "aws-login", ...needsCode].join(" ");
    const ended = await scene.bash(words, ANA);
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: `cannot assume role ${guarded}: an MFA code for ${serial} is needed, and there is no terminal to ask for it`,
        hints: ["give the code with --mfa-token"],
      }),
    });
  },
  { only: "linux" },
);

const colours: Record<string, readonly [more: Record<string, string>, label: string, heading: string]> = {
  "on a terminal": [{ TERM: "xterm" }, "\x1b[1;31merror:\x1b[0m", "\x1b[1mExamples\x1b[0m"],
  "not with NO_COLOR": [{ TERM: "xterm", NO_COLOR: "1" }, "error:", "Examples"],
  "not on a dumb terminal": [{ TERM: "dumb" }, "error:", "Examples"],
};
for (const [name, [more, label, heading]] of Object.entries(colours)) {
  scenario(`errors and the headings of the help are in colour: ${name}`, async (scene) => {
    await using failed = open(scene, [executable, "dumpcred"], more);
    expect(await failed.exited).toBe(2);
    expect(failed.text()).toStartWith(`aws-login: ${label} unknown command "dumpcred"\r\n`);
    await using help = open(scene, [executable, "help"], more);
    expect(await help.exited).toBe(0);
    expect(help.text()).toContain(`\r\n${heading}\r\n`);
    await using bare = open(scene, [executable], more);
    expect(await bare.exited).toBe(2);
    expect(bare.text()).toContain(`\r\n${heading}\r\n`);
  });
}

scenario("nothing is coloured in a pipe, whatever TERM is", async (scene) => {
  const help = await scene.run(["help"], { TERM: "xterm" });
  const failed = await scene.run(["dumpcred"], { TERM: "xterm" });
  expect(help.stdout + failed.stderr).not.toContain("\x1b");
  expect([help.status, failed.status]).toEqual([0, 2]);
});
