import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeIfThere } from "../../../src/system/files/remove-if-there.ts";
import { runWithRealSystem } from "../../support/main-program.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-remove-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("removeIfThere() removes a file, and does nothing when there is none", async () => {
  await writeFile(join(folder, "a"), "");
  await removeIfThere(join(folder, "a"));
  await removeIfThere(join(folder, "a"));
  expect(await readdir(folder)).toEqual([]);
});

test("removeIfThere() rejects for a folder", async () => {
  await expect(removeIfThere(folder)).rejects.toThrow();
});

test.skipIf(process.getuid?.() !== 0)(
  "removeIfThere() rejects with the system's own error for another user's file in a sticky folder (needs root)",
  async () => {
    const path = JSON.stringify(join(folder, "a"));
    await writeFile(join(folder, "a"), "");
    await chmod(folder, 0o1777);
    const { stdout } = await runWithRealSystem(
      `process.setgid?.(65534); process.setuid?.(65534);
      await realSystem.stdout(await realSystem.removeFile(${path}).then(String, (error) => error.code));`,
    );
    expect(stdout).toBe("EPERM");
  },
);
