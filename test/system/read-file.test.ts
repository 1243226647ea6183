import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { appendFile, chmod, chown, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realSystem } from "../../src/system/bun.ts";
import { runWithRealSystem } from "../support/main-program.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-system-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The mark as another process sees it: the runtime remembers where a link led. */
async function markElsewhere(name: string): Promise<string> {
  const path = JSON.stringify(join(folder, name));
  const { stdout } = await runWithRealSystem(
    `await realSystem.stdout(String(realSystem.fileFingerprint(${path})));`,
  );
  return stdout;
}

const onWindows = process.platform === "win32";
describe.skipIf(onWindows)("areOwn()", () => {
  const own = (...names: string[]) => realSystem.areOwn(names.map((name) => join(folder, name)));

  test("areOwn() is true of folders and files of this user's that nobody else may write to", async () => {
    const modes = [0o700, 0o755, 0o775, 0o702];
    for (const mode of modes) {
      const name = mode.toString(8);
      await mkdir(join(folder, `folder-${name}`));
      await chmod(join(folder, `folder-${name}`), mode);
      await writeFile(join(folder, `file-${name}`), "");
      await chmod(join(folder, `file-${name}`), mode & 0o666);
    }
    const all = modes.flatMap((mode) => [`folder-${mode.toString(8)}`, `file-${mode.toString(8)}`]);
    const good = ["folder-700", "file-700", "folder-755", "file-755"];
    expect(all.filter((name) => own(name))).toEqual(good);
    expect(own(...good)).toBe(true);
    expect(own(...good, "folder-775")).toBe(false);
  });

  test("areOwn() is false for links, pipes, what is not there, and what is below a file", async () => {
    await writeFile(join(folder, "file"), "", { mode: 0o600 });
    await symlink("file", join(folder, "link"));
    await Bun.$`mkfifo -m 600 ${join(folder, "pipe")}`.quiet();
    expect(own("file")).toBe(true);
    expect(["link", "pipe", "none", "file/below"].filter((name) => own("file", name))).toEqual([]);
  });

  test.skipIf(process.getuid?.() !== 0)("areOwn() is false for what is another user's", async () => {
    await writeFile(join(folder, "file"), "", { mode: 0o600 });
    await chown(join(folder, "file"), 12345, 12345);
    expect([own("file"), own(".")]).toEqual([false, true]);
  });
});

describe("fileFingerprint()", () => {
  const fingerprint = (name: string) => realSystem.fileFingerprint(join(folder, name));

  test("fileFingerprint() stays while the file does, and is another after a change of size or time", async () => {
    const path = join(folder, "file");
    await writeFile(path, "one");
    const first = fingerprint("file");
    expect(first).toBeString();
    expect(fingerprint("file")).toBe(first);
    await writeFile(path, "three");
    const second = fingerprint("file");
    expect(second).not.toBe(first);
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(fingerprint("file")).not.toBe(second);
  });

  test("fileFingerprint() tells a file that is not there from an empty one, and one path from another", async () => {
    await writeFile(join(folder, "empty"), "");
    const fingerprints = [fingerprint("empty"), fingerprint("none"), fingerprint("nothing")];
    expect(new Set(fingerprints).size).toBe(3);
    expect(fingerprints).not.toContain(undefined);
  });

  test("fileFingerprint() takes a relative path against the working directory", () => {
    expect(realSystem.fileFingerprint("no-such-file")).toContain(process.cwd());
  });

  test("fileFingerprint() follows a link", async () => {
    await writeFile(join(folder, "one"), "1");
    await symlink(join(folder, "one"), join(folder, "link"));
    const before = fingerprint("link");
    await writeFile(join(folder, "one"), "22");
    expect(fingerprint("link")).not.toBe(before);
  });

  test("fileFingerprint() tells files of a package store by where they are, for they have one time", async () => {
    for (const name of ["store-1", "store-2"]) {
      await writeFile(join(folder, name), "same size");
      await utimes(join(folder, name), 1, 1);
    }
    await symlink(join(folder, "store-1"), join(folder, "link"));
    const before = await markElsewhere("link");
    expect(before).toContain(join(folder, "store-1"));
    expect(await markElsewhere("link")).toBe(before);
    await rm(join(folder, "link"));
    await symlink(join(folder, "store-2"), join(folder, "link"));
    expect(await markElsewhere("link")).not.toBe(before);
    expect(fingerprint("store-1")).toBeUndefined();
  });

  test("fileFingerprint() knows nothing of a folder, or a file of an odd name, of the time of a package store", async () => {
    await mkdir(join(folder, "old"));
    await writeFile(join(folder, "a?b"), "");
    for (const name of ["old", "a?b"]) await utimes(join(folder, name), 1, 1);
    expect([fingerprint("old"), fingerprint("a?b")]).toEqual([undefined, undefined]);
  });

  test.skipIf(process.platform === "win32")(
    "fileFingerprint() knows nothing of a pipe, and all of no device",
    () => {
      Bun.spawnSync(["mkfifo", join(folder, "pipe")]);
      expect(fingerprint("pipe")).toBeUndefined();
      expect(realSystem.fileFingerprint("/dev/null")).toBe("/dev/null");
    },
  );
});

describe("readReplaced()", () => {
  test.skipIf(process.platform === "win32")("readReplaced() reads the whole text", async () => {
    const text = "naïve → \u{1F511}\n".repeat(999);
    await writeFile(join(folder, "file"), text);
    expect(realSystem.readReplaced(join(folder, "file"))).toBe(text);
  });

  test("readReplaced() has nothing where there is no file, or an empty one", async () => {
    await writeFile(join(folder, "empty"), "");
    expect(realSystem.readReplaced(join(folder, "none"))).toBeUndefined();
    expect(realSystem.readReplaced(join(folder, "empty"))).toBeUndefined();
  });
});

test("writtenAt() is when the file was written, and nothing without one", async () => {
  await writeFile(join(folder, "file"), "");
  await utimes(join(folder, "file"), 1_700_000_000, 1_700_000_000);
  expect(realSystem.writtenAt(join(folder, "file"))).toBe(1_700_000_000_000);
  expect(realSystem.writtenAt(join(folder, "none"))).toBeUndefined();
});

test("startedAt() lies in the past", () => {
  expect(realSystem.startedAt()).toBeLessThanOrEqual(realSystem.now());
});

describe("readText()", () => {
  test("readText() has nothing where there is no file, nor a folder for it, nor a folder in its place", async () => {
    await writeFile(join(folder, "file"), "text");
    expect(await realSystem.readText(join(folder, "none"))).toBeUndefined();
    expect(await realSystem.readText(join(folder, "none", "none"))).toBeUndefined();
    expect(await realSystem.readText(join(folder, "file", "none"))).toBeUndefined();
    expect(await realSystem.readText(join(folder, "file"))).toBe("text");
  });

  test("readText() takes a file of four mebibytes, and a longer one where the caller says so", async () => {
    const path = join(folder, "long");
    await writeFile(path, "é".repeat(2 * 1024 * 1024));
    expect((await realSystem.readText(path))?.length).toBe(2 * 1024 * 1024);
    await appendFile(path, "x");
    await expect(realSystem.readText(path)).rejects.toThrow("it is longer than 4 MiB");
    expect((await realSystem.readText(path, 8 * 1024 * 1024))?.length).toBe(2 * 1024 * 1024 + 1);
  });

  test.skipIf(process.platform === "win32")("readText() ends where a device does not", async () => {
    await expect(realSystem.readText("/dev/zero")).rejects.toThrow("it is longer than 4 MiB");
    expect(await realSystem.readText("/dev/null")).toBe("");
  });

  test.skipIf(process.platform !== "linux")("readText() reads a file that says it is empty", async () => {
    expect(await realSystem.readText("/proc/self/status")).toContain("SigIgn:");
  });

  test.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)(
    "readText() does not take a file in a folder that it may not search for none (needs root)",
    async () => {
      await mkdir(join(folder, "closed"), { mode: 0o700 });
      await chmod(folder, 0o755);
      const path = JSON.stringify(join(folder, "closed", "file"));
      const { stdout } = await runWithRealSystem(
        `process.setgid?.(65534); process.setuid?.(65534);
        await realSystem.stdout(await realSystem.readText(${path}).then(String, (error) => error.code));`,
      );
      expect(stdout).toBe("EACCES");
    },
  );
});
