import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBounded } from "../../../src/system/files/read-bounded.ts";
import { fileFingerprint } from "../../../src/system/files/read-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-system-"));
});
afterEach(() => rm(folder, { recursive: true }));

const longest = 1024 * 1024;
const onWindows = process.platform === "win32";

describe("readBounded()", () => {
  test("readBounded() reads a file to its bound, and none beyond it", async () => {
    const path = join(folder, "file");
    await writeFile(path, "\uFEFFé".padEnd(200_000, "x"));
    expect(await readBounded(path, longest)).toBe("é".padEnd(199_999, "x"));
    await writeFile(path, "x".repeat(longest + 1));
    await expect(readBounded(path, longest)).rejects.toThrow("it is longer than 1 MiB");
  });

  test("readBounded() rejects with the system's error for a file that does not exist", async () => {
    await expect(readBounded(join(folder, "none"), longest)).rejects.toMatchObject({ code: "ENOENT" });
    await expect(readBounded(folder, longest)).rejects.toMatchObject({ code: "EISDIR" });
  });

  test.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)(
    "readBounded() refuses a plain file that makes its readers wait (needs root)",
    async () => {
      const log = join(folder, "log");
      // What the kernel logged is read to its end, so that the next reader would wait.
      await Bun.$`timeout 1 cat /proc/kmsg > ${log}`.nothrow().quiet();
      await expect(readBounded("/proc/kmsg", longest)).rejects.toThrow("it makes its readers wait");
      expect(fileFingerprint("/proc/kmsg")).toBeUndefined();
    },
  );
});

describe.skipIf(onWindows)("readBounded() of a pipe", () => {
  let pipe = "";
  beforeEach(() => {
    pipe = join(folder, "pipe");
    Bun.spawnSync(["mkfifo", pipe]);
  });

  test("readBounded() refuses a pipe that has no writer", async () => {
    await expect(readBounded(pipe, longest, { writer: 20, content: 60_000 })).rejects.toThrow(
      "it is a pipe, and no program opened it for writing within 0.02 s",
    );
  });

  test("readBounded() waits for the writer of a pipe, for all of its text, and for nothing after its end", async () => {
    const writer = Bun.spawn(["sh", "-c", `exec > ${pipe}; printf a; read go; printf b`], { stdin: "pipe" });
    const text = readBounded(pipe, longest, { writer: 60_000, content: 60_000 });
    writer.stdin.write("go\n");
    await writer.stdin.end();
    expect(await text).toBe("ab");
    expect(await writer.exited).toBe(0);
  });

  test("readBounded() takes an inherited pipe that has no writer any more for empty", async () => {
    const run =
      "import { readBounded } from './src/system/files/read-bounded.ts'; await readBounded('/dev/fd/0', 9)";
    const reader = Bun.spawn([process.execPath, "-e", run], { stdin: new Blob([]), stderr: "pipe" });
    expect([await reader.exited, await reader.stderr.text()]).toEqual([0, ""]);
  });

  test("readBounded() gives up a writer that does not end", async () => {
    const writer = Bun.spawn(["sh", "-c", `exec > ${pipe}; printf a; read never`], { stdin: "pipe" });
    await expect(readBounded(pipe, longest, { writer: 60_000, content: 20 })).rejects.toThrow(
      "its content did not come to an end within 0.02 s",
    );
    await writer.stdin.end();
    await writer.exited;
  });
});
