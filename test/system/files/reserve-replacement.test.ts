import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realSystem } from "../../../src/system/bun.ts";
import { runWithRealSystem } from "../../support/main-program.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-reserve-"));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const onLinux = process.platform === "linux";
/** Root in a namespace of its own, where one may mount. */
const mounter = ["unshare", "--user", "--map-root-user", "--mount"];
const canMount = onLinux && succeeds([...mounter, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);

function succeeds(argv: readonly string[]): boolean {
  return Bun.spawnSync([...argv], { stdio: ["ignore", "ignore", "ignore"] }).exitCode === 0;
}

/** What a reservation comes to in another process, after a line of bash, with `$1` as the folder. */
async function reservedAfter(
  line: string,
  under: readonly string[] = mounter,
  bytes = 8192,
): Promise<string> {
  const program = `import { realSystem } from ${JSON.stringify(join(import.meta.dir, "../../../src/system/bun.ts"))};
    const outcome = await realSystem.reserveReplacement(${JSON.stringify(join(folder, "token.json"))}, ${bytes})
      .then(async ({ release }) => { await release(); return "reserved"; }, (error) => error.message);
    await realSystem.stdout(outcome);`;
  await writeFile(join(folder, "program.ts"), program);
  const script = `${line} && exec ${process.execPath} ${join(folder, "program.ts")}`;
  const child = Bun.spawn([...under, "bash", "-c", script, "bash", folder], {
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, complaint] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return out || complaint;
}

describe("reserveReplacement()", () => {
  test("reserveReplacement() holds the space beside the file until it is released", async () => {
    const path = join(folder, "token.json");
    await writeFile(path, "old");
    const { release } = await realSystem.reserveReplacement(path, 200_000);
    const [temporary = "", ...more] = (await readdir(folder)).filter((name) => name !== "token.json");
    expect(temporary).toMatch(/^token\.json\.[0-9a-f]{16}\.tmp$/);
    expect(more).toEqual([]);
    const { mode, size } = await stat(join(folder, temporary));
    expect(size).toBeGreaterThanOrEqual(200_000);
    if (process.platform !== "win32") expect(mode & 0o777).toBe(0o600);
    await release();
    expect(await readdir(folder)).toEqual(["token.json"]);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("reserveReplacement() needs no file", async () => {
    const { release } = await realSystem.reserveReplacement(join(folder, "new.json"), 10);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")(
    "reserveReplacement() goes where a symbolic link leads",
    async () => {
      await symlink("/proc/nowhere", join(folder, "link.json"));
      await expect(realSystem.reserveReplacement(join(folder, "link.json"), 10)).rejects.toThrow();
      expect(await readdir(folder)).toEqual(["link.json"]);
    },
  );

  test.skipIf(!onLinux || process.getuid?.() !== 0)(
    "reserveReplacement() rejects in a folder without the right to write (needs root)",
    async () => {
      await chmod(folder, 0o555);
      const path = JSON.stringify(join(folder, "token.json"));
      const { stdout } = await runWithRealSystem(
        `process.setgid?.(65534); process.setuid?.(65534);
        await realSystem.stdout(await realSystem.reserveReplacement(${path}, 10).then(String, (error) => error.code));`,
      );
      expect(stdout).toBe("EACCES");
    },
  );

  test.skipIf(!onLinux || process.getuid?.() !== 0)(
    "reserveReplacement() rejects where another user's file cannot be replaced (needs root)",
    async () => {
      const path = join(folder, "token.json");
      await writeFile(path, "old");
      await chmod(path, 0o666);
      await chmod(folder, 0o1777);
      const { stdout } = await runWithRealSystem(
        `process.setgid?.(65534); process.setuid?.(65534);
        await realSystem.stdout(await realSystem.reserveReplacement(${JSON.stringify(path)}, 10).then(String, (error) => error.message));`,
      );
      expect(stdout).toBe("no file beside it can be removed: EPERM: operation not permitted");
    },
  );

  test.skipIf(process.platform === "win32")(
    "reserveReplacement() releases without an error what it cannot remove",
    async () => {
      await chmod(folder, 0o777);
      const path = JSON.stringify(join(folder, "token.json"));
      const user = process.getuid?.() === 0 ? 65534 : process.getuid?.();
      await chown(folder, user ?? 0, -1);
      const { stdout } = await runWithRealSystem(
        `if (process.getuid?.() === 0) process.setuid?.(${user});
        const { release } = await realSystem.reserveReplacement(${path}, 10);
        await (await import("node:fs/promises")).chmod(${JSON.stringify(folder)}, 0o555);
        await realSystem.stdout(await release().then(() => "released", String));`,
      );
      expect(stdout).toBe("released");
      expect(await readdir(folder)).toHaveLength(1);
    },
  );

  test.skipIf(!onLinux)("reserveReplacement() rejects under a limit of the size of files", async () => {
    expect(await reservedAfter("ulimit -f 1", [])).toStartWith("EFBIG");
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  const places: Record<string, [line: string, refusal: string]> = {
    "on a full disk": [
      'mount -t tmpfs -o size=16k tmpfs /mnt && cat /dev/zero > /mnt/ballast 2> /dev/null; ln -s /mnt/token.json "$1/token.json"',
      "ENOSPC",
    ],
    "for a file that is a mount of its own": [
      'echo old > "$1/token.json" && mount --bind "$1/token.json" "$1/token.json"',
      "it is a mount of its own, which cannot be replaced",
    ],
    "for a file that is mounted read-only": [
      'echo old > "$1/token.json" && mount --bind "$1/token.json" "$1/token.json" && mount -o remount,ro,bind "$1/token.json"',
      "EROFS",
    ],
  };
  test.skipIf(!canMount).each(Object.entries(places))(
    "reserveReplacement() rejects %s (needs namespaces)",
    async (_, [line, refusal]) => {
      expect(await reservedAfter(line)).toContain(refusal);
    },
  );
});
