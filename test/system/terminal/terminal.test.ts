import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal } from "./terminal-session.ts";

const env = { PATH: process.env.PATH ?? "" };
const program = join(import.meta.dir, "prompt-program.ts");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-terminal-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const outcome = () => Bun.file(join(folder, "outcome")).text();

describe.skipIf(process.platform === "win32")("promptSecret()", () => {
  // The shell stays, so that the terminal's settings can be looked at when the program is gone.
  const shell = (streams: string) => [
    "/bin/sh",
    "-c",
    `trap : INT QUIT; '${process.execPath}' '${program}' '${folder}/outcome' ${streams}; echo "status $?"; read x`,
  ];

  for (const [name, streams] of Object.entries({
    "its streams": "",
    "none of them": "</dev/null >/dev/null 2>&1",
  })) {
    test(`promptSecret() reads a line without echo when the terminal is ${name}`, async () => {
      await using terminal = openTerminal(shell(streams), env);
      await terminal.shows("What is it? ");
      expect(terminal.echoes()).toBe(false);
      terminal.type("  12'3\\4\x7f56  \n");
      await terminal.shows("status 0");
      expect(await outcome()).toBe("answer <  12'3\\56  >");
      expect(terminal.text()).not.toContain("56");
      expect(terminal.text()).toContain("What is it? \r\nstatus 0");
      expect(terminal.echoes()).toBe(true);
    });
  }

  for (const [key, typed] of [
    ["Ctrl-C", "\x03"],
    ["Ctrl-\\", "\x1c"],
  ] as const)
    test(`promptSecret() restores the terminal after ${key}, and says that it was interrupted`, async () => {
      await using terminal = openTerminal(shell(""), env);
      await terminal.shows("What is it? ");
      terminal.type(`12${typed}`);
      await terminal.shows("status 130");
      expect(await outcome()).toBe("interrupted");
      expect(terminal.echoes()).toBe(true);
    });

  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM"] as const)
    test(`promptSecret() restores the terminal when this process alone is told to end by ${signal}`, async () => {
      await using terminal = openTerminal(
        [
          "sh",
          "-c",
          `'${process.execPath}' '${program}' '${folder}/outcome' & echo "pid $!."; wait $!; echo "status $?"; read x`,
        ],
        env,
      );
      await terminal.shows("What is it? ");
      process.kill(Number(/pid (\d+)\./.exec(terminal.text())?.[1]), signal);
      await terminal.shows("status 130");
      expect(await outcome()).toBe("interrupted");
      expect(terminal.echoes()).toBe(true);
    });

  test("promptSecret() is not stopped by Ctrl-Z", async () => {
    await using terminal = openTerminal(shell(""), env);
    await terminal.shows("What is it? ");
    terminal.type("12\x1a\x7f34\n");
    await terminal.shows("status 0");
    expect(await outcome()).toBe("answer <1234>");
  });

  test("promptSecret() fails when the terminal's input ends", async () => {
    await using terminal = openTerminal(shell(""), env);
    await terminal.shows("What is it? ");
    terminal.type("\x04");
    await terminal.shows("status 130");
    expect(await outcome()).toBe("failed");
    expect(terminal.echoes()).toBe(true);
  });

  test("promptSecret() does not ask when it cannot switch the echo off", async () => {
    await using terminal = openTerminal(shell(""), { PATH: "/nonexistent" });
    await terminal.shows("status 130");
    expect(await outcome()).toBe("failed");
    expect(terminal.text()).not.toContain("What is it?");
  });

  test("promptSecret() resolves to undefined without a controlling terminal", async () => {
    const child = Bun.spawn([process.execPath, program, join(folder, "outcome")], {
      env,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
    });
    expect(await child.exited).toBe(0);
    expect(await outcome()).toBe("no terminal");
  });
});

describe.skipIf(process.platform === "win32")("promptOnConsole()", () => {
  const console = (questions = 1) =>
    openTerminal(
      [
        "sh",
        "-c",
        `trap : INT; '${process.execPath}' '${program}' '${folder}/outcome' win32 ${questions}; echo "status $?"; read x`,
      ],
      env,
    );

  test("promptOnConsole() reads a line without echo, and takes back what is deleted", async () => {
    await using terminal = console();
    await terminal.shows("What is it? ");
    terminal.type("12x\x7f34\r");
    await terminal.shows("status 0");
    expect(await outcome()).toBe("answer <1234>");
    expect(terminal.text()).not.toContain("12");
    expect(terminal.echoes()).toBe(true);
  });

  test("promptOnConsole() asks as often as it is called, and lets the program end after that", async () => {
    await using terminal = console(3);
    for (const answer of ["12", "34", "56"]) {
      await terminal.shows("What is it? ");
      expect(terminal.echoes()).toBe(false);
      terminal.type(`${answer}\r`);
    }
    await terminal.shows("status 0");
    expect(await outcome()).toBe("answer <12>, answer <34>, answer <56>");
    expect(terminal.echoes()).toBe(true);
  });

  test("promptOnConsole() restores the console after Ctrl-C, and says that it was interrupted", async () => {
    await using terminal = console();
    await terminal.shows("What is it? ");
    terminal.type("12\x03");
    await terminal.shows("status 130");
    expect(await outcome()).toBe("interrupted");
    expect(terminal.echoes()).toBe(true);
  });
});
