import { describe, expect, test } from "bun:test";
import {
  ancestry,
  below,
  descendants,
  isRunning,
  nestingDepth,
  parentInStat,
  parsePs,
} from "../../../src/system/processes/process-tree.ts";
import { until } from "../../end-to-end/support/until.ts";

const table = [
  { pid: 1, parent: 0, executable: "/sbin/init" },
  { pid: 12, parent: 7, executable: "/bin/b" },
  { pid: 7, parent: 1, executable: "/bin/a" },
  { pid: 13, parent: 12, executable: undefined },
  { pid: 20, parent: 1, executable: "/bin/other" },
];
const find = (pid: number) => table.find((entry) => entry.pid === pid);

test("ancestry() lists the process, its parent and those above", () => {
  expect(ancestry(13, find).map(({ pid }) => pid)).toEqual([13, 12, 7, 1]);
  expect(ancestry(99, find)).toEqual([]);
});

test("ancestry() ends in a table whose processes descend from each other", () => {
  const circle = (pid: number) => ({ pid, parent: pid, executable: "/bin/a" });
  expect(ancestry(5, circle).length).toBeLessThan(1000);
});

test("below() lists what a process started, whatever the order of the table, and nothing else", () => {
  expect(below(7, table)).toEqual([12, 13]);
  expect(below(20, table)).toEqual([]);
});

test("parsePs() reads process ids, parents and executables with blanks", () => {
  expect(parsePs("    1     0 /sbin/launchd\n  501   1 /Applications/Some App.app/x \n\nnoise\n")).toEqual([
    { pid: 1, parent: 0, executable: "/sbin/launchd" },
    { pid: 501, parent: 1, executable: "/Applications/Some App.app/x" },
  ]);
});

test("parentInStat() is not misled by a program whose name looks like the fields after it", () => {
  expect(parentInStat("42 (a) S 1 (b) R 17 42 42 0 -1")).toBe(17);
  expect(parentInStat("")).toBeUndefined();
});

describe.skipIf(process.platform === "win32")("on this system", () => {
  test("descendants() finds what a child of a child started", async () => {
    const child = Bun.spawn(["sh", "-c", "sh -c 'sleep 30; :'; :"]);
    const found = await until(async () => {
      const below = descendants(process.pid, process.platform);
      return below.length >= 3 && below.includes(child.pid) ? below : undefined;
    });
    for (const pid of found.filter(
      (pid) => pid === child.pid || descendants(child.pid, process.platform).includes(pid),
    ))
      process.kill(pid, "SIGKILL");
    expect(await child.exited).not.toBe(0);
  });

  test("isRunning() is true of a process until its end, and false of one that waits for its parent", async () => {
    const parent = Bun.spawn(["sh", "-c", "sleep 0 & echo $!; exec sleep 30"], { stdout: "pipe" });
    const { value } = await parent.stdout.getReader().read();
    const zombie = Number(new TextDecoder().decode(value));
    if (process.platform === "linux")
      await until(async () => (isRunning(zombie, process.platform) ? undefined : true));
    expect(isRunning(parent.pid, process.platform)).toBe(true);
    parent.kill("SIGKILL");
    await parent.exited;
    expect(isRunning(parent.pid, process.platform)).toBe(false);
  });

  test("nestingDepth() counts the processes above that run the same executable, past others between", async () => {
    const code =
      "import { nestingDepth } from './src/system/processes/process-tree.ts'; console.log(nestingDepth(process.platform))";
    const own = nestingDepth(process.platform);
    const run = ["/usr/bin/env", "-i", "/bin/sh", "-c", '"$0" "$@"; :', process.execPath, "-e", code];
    const { stdout } = Bun.spawnSync(run);
    expect(Number(stdout.toString())).toBe(own + 1);
  });
});

test("nestingDepth() is 0 on Windows", () => {
  expect(nestingDepth("win32")).toBe(0);
  expect(descendants(1, "win32")).toEqual([]);
});
