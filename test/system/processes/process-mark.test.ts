import { describe, expect, test } from "bun:test";
import {
  linuxTerminal,
  processMark,
  statFields,
  terminalOf,
} from "../../../src/system/processes/process-mark.ts";

const { platform } = process;

test("statFields() begins behind a name with blanks and brackets", () => {
  expect(statFields("12 (a) b (c) S 7 12 12 34816")).toEqual(["S", "7", "12", "12", "34816"]);
});

describe("processMark()", () => {
  test("processMark() is the same for a process, and another for the next", async () => {
    const own = processMark(process.pid, platform);
    expect(own).toBeDefined();
    expect(processMark(process.pid, platform)).toBe(own);
  });

  test("processMark() is undefined for a process that has ended", async () => {
    const child = Bun.spawn(["sleep", "60"]);
    expect(processMark(child.pid, platform)).toBeDefined();
    child.kill();
    await child.exited;
    expect(processMark(child.pid, platform)).toBeUndefined();
  });
});

describe.skipIf(platform === "win32")("processMark() from ps", () => {
  test("processMark() from ps is the time in UTC, whatever zone this machine comes to", async () => {
    await using child = Bun.spawn(["sleep", "60"]);
    const mark = processMark(child.pid, "darwin");
    expect(Math.abs(Date.parse(`${mark} UTC`) - Date.now())).toBeLessThan(60_000);
    expect(processMark(child.pid, "darwin")).toBe(mark);
  });

  test("processMark() from ps is undefined as soon as a process has ended", async () => {
    const child = Bun.spawn(["sleep", "60"]);
    expect(processMark(child.pid, "darwin")).toBeDefined();
    child.kill();
    await child.exited;
    expect(processMark(child.pid, "darwin")).toBeUndefined();
  });
});

describe.skipIf(platform === "win32")("startingShell()", () => {
  const script = `import { startingShell } from ${JSON.stringify(`${import.meta.dir}/../../../src/system/processes/process-mark.ts`)};
    console.log(startingShell(process.ppid, process.platform));`;
  const started = async (line: string) => {
    const child = Bun.spawn(["bash", "--norc", "-c", line, "bash", process.execPath, script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    return { pid: String(child.pid), said: (await child.stdout.text()).trim() };
  };
  const lines = {
    "a command substitution": 'x=$("$1" -e "$2"); echo $x',
    "a subshell in a command substitution": 'x=$( ( "$1" -e "$2"; true ) | cat ); echo $x',
    "an eval": 'eval "echo $("$1" -e "$2")"; true',
    "a plain command": '"$1" -e "$2"; true',
  };
  test.each(Object.entries(lines))("startingShell() is the shell itself for %s", async (_, line) => {
    const { pid, said } = await started(line);
    expect(said).toBe(pid);
  });

  test("startingShell() is the inner of two shells", async () => {
    const { pid, said } = await started(
      `bash --norc -c 'x=$("$1" -e "$2"); echo $x $$' bash "$1" "$2"; true`,
    );
    const [shell, inner] = said.split(" ");
    expect(shell).toBe(inner ?? "none");
    expect(shell).not.toBe(pid);
  });
});

test("linuxTerminal() takes the device number apart", () => {
  expect(linuxTerminal(0)).toBeUndefined();
  expect(linuxTerminal(136 * 256 + 5)).toBe("/dev/pts/5");
  expect(linuxTerminal((1 << 20) | (136 * 256 + 44))).toBe("/dev/pts/300");
  expect(linuxTerminal(4 * 256 + 1)).toBe("/dev/tty1");
  expect(linuxTerminal(4 * 256 + 64)).toBe("/dev/ttyS0");
});

test.skipIf(platform === "win32")(
  "terminalOf() finds none for a process in a session of its own",
  async () => {
    const child = Bun.spawn(["sleep", "60"], { detached: true });
    expect(terminalOf(child.pid, platform)).toBeUndefined();
    child.kill();
    await child.exited;
  },
);
