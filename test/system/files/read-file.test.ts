import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import {
  appendFile,
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentFingerprint } from "../../../src/lib/digest.ts";
import { absentFingerprint } from "../../../src/lib/file-facts.ts";
import { realSystem } from "../../../src/system/bun.ts";
import { runWithRealSystem } from "../../support/main-program.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-system-"));
});
afterEach(() => rm(folder, { recursive: true }));

const onWindows = process.platform === "win32";
describe.skipIf(onWindows)("areOwn()", () => {
  const own = (...names: string[]) => realSystem.areOwn(names.map((name) => join(folder, name)));

  test("areOwn() is true of folders and files of this user's that no other user may write to", async () => {
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

describe.each(["fileFingerprint", "mappedFingerprint"] as const)("%s()", (name) => {
  const fingerprint = (file: string) => realSystem[name](join(folder, file));
  const config = (account: string) => `[profile p]\nsso_account_id = ${account}\n`;

  test(`${name}() differs between files of one size and one time`, async () => {
    for (const [file, account] of [
      ["one", "111111111111"],
      ["two", "222222222222"],
    ] as const) {
      await writeFile(join(folder, file), config(account));
      await utimes(join(folder, file), 1_700_000_000, 1_700_000_000);
    }
    expect(fingerprint("one")).toBeString();
    expect(fingerprint("one")).not.toBe(fingerprint("two"));
  });

  test(`${name}() is undefined for a path that is too long for the system`, () => {
    expect(fingerprint("a/".repeat(3000))).toBeUndefined();
  });

  test(`${name}() is the fingerprint of the text, with a byte order mark or without`, async () => {
    const text = config("111111111111");
    await writeFile(join(folder, "plain"), text);
    await writeFile(join(folder, "marked"), `\uFEFF${text}`);
    expect(fingerprint("plain")).toBe(contentFingerprint(text));
    expect(fingerprint("marked")).toBe(
      contentFingerprint((await realSystem.readText(join(folder, "marked"))) ?? ""),
    );
  });

  test(`${name}() follows a symbolic link, also one that is turned to another file`, async () => {
    await writeFile(join(folder, "one"), "1");
    await writeFile(join(folder, "two"), "2");
    await symlink(join(folder, "one"), join(folder, "link"));
    expect(fingerprint("link")).toBe(contentFingerprint("1"));
    await symlink(join(folder, "two"), join(folder, "next"));
    await rename(join(folder, "next"), join(folder, "link"));
    expect(fingerprint("link")).toBe(contentFingerprint("2"));
  });

  test(`${name}() sees two edits within a millisecond, and a file moved into the place`, async () => {
    const path = join(folder, "file");
    const seen: (string | undefined)[] = [];
    for (const text of ["one", "two"]) {
      writeFileSync(path, text);
      seen.push(fingerprint("file"));
    }
    await writeFile(join(folder, "other"), "six");
    await rename(join(folder, "other"), path);
    seen.push(fingerprint("file"));
    expect(new Set(seen).size).toBe(3);
  });

  test(`${name}() distinguishes a missing file from an empty one`, async () => {
    await writeFile(join(folder, "empty"), "");
    expect(fingerprint("empty")).toBe(contentFingerprint(""));
    expect(fingerprint("none")).toBe(absentFingerprint);
  });

  test.skipIf(process.platform !== "linux")(`${name}() reads a file whose size is told as 0`, () => {
    expect(realSystem[name]("/proc/self/cmdline")).not.toBe(contentFingerprint(""));
  });

  test(`${name}() is undefined for a folder and for a file above 4 MiB`, async () => {
    await mkdir(join(folder, "folder"));
    await writeFile(join(folder, "long"), "x".repeat(4 * 1024 * 1024 + 1));
    expect([fingerprint("folder"), fingerprint("long")]).toEqual([undefined, undefined]);
  });

  test.skipIf(onWindows)(`${name}() is undefined for a pipe, and does not open it`, async () => {
    Bun.spawnSync(["mkfifo", join(folder, "pipe")]);
    const writer = Bun.spawn(["sh", "-c", `printf text > ${join(folder, "pipe")}`]);
    expect(fingerprint("pipe")).toBeUndefined();
    expect(await readFile(join(folder, "pipe"), "utf8")).toBe("text");
    expect(await writer.exited).toBe(0);
    expect(realSystem[name]("/dev/null")).toBe(contentFingerprint(""));
  });

  test.skipIf(onWindows || process.getuid?.() !== 0)(
    `${name}() reads a file that the user may not write to (needs root)`,
    async () => {
      await chmod(folder, 0o755);
      await writeFile(join(folder, "shared"), "text", { mode: 0o644 });
      const path = JSON.stringify(join(folder, "shared"));
      const { stdout } = await runWithRealSystem(
        `process.setgid?.(65534); process.setuid?.(65534);
        await realSystem.stdout(String(realSystem.${name}(${path})));`,
      );
      expect(stdout).toBe(contentFingerprint("text"));
    },
  );
});

describe.skipIf(process.platform === "win32")("readMapped()", () => {
  test("readMapped() reads the text that readText() reads", async () => {
    const path = join(folder, "mapped");
    await writeFile(path, `\ufeffnaïve → \u{1F511}\n${"x".repeat(9999)}`);
    expect(realSystem.readMapped(path)).toBe((await realSystem.readText(path)) ?? "");
  });

  test("readMapped() takes a file that does not exist for an empty one", () => {
    expect(realSystem.readMapped(join(folder, "none"))).toBe("");
    expect(realSystem.readMapped(join(folder, "none/below"))).toBe("");
  });

  test("readMapped() leaves what it cannot read whole to readText()", async () => {
    await writeFile(join(folder, "empty"), "");
    await writeFile(join(folder, "latin"), Buffer.from([0x70, 0xe8]));
    await writeFile(join(folder, "long"), new Uint8Array(4 * 1024 * 1024 + 1));
    for (const name of ["empty", "latin", "long", "."])
      expect(realSystem.readMapped(join(folder, name))).toBeUndefined();
    expect(realSystem.readMapped("/dev/zero")).toBeUndefined();
  });

  test("readMapped() does not open a pipe", async () => {
    const pipe = join(folder, "pipe-of-a-writer");
    expect(Bun.spawnSync(["mkfifo", pipe]).exitCode).toBe(0);
    expect(realSystem.readMapped(pipe)).toBeUndefined();
  });
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
