import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { link, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../../src/system/files/lock.ts";

/** Milliseconds; longer than any test may take. */
const long = 60_000;

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true }));

const nothing = async () => {};

/** Another process that has taken the lock. */
async function principal(wait = 0) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "lock-program.ts"), path, String(wait)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const reader = child.stdout.getReader();
  const line = async () => new TextDecoder().decode((await reader.read()).value).trim();
  return { child, line };
}

describe("withLock()", () => {
  test("withLock() does the work, and its file is for its owner alone", async () => {
    expect(await withLock(path, 0, async () => 7)).toEqual({ kind: "done", value: 7 });
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
  });

  test.skipIf(process.platform === "win32")("withLock() follows no link and waits for no pipe", async () => {
    const target = join(folder, "target");
    await writeFile(target, "not a lock");
    await symlink(target, path);
    await expect(withLock(path, 0, nothing)).rejects.toThrow("it is a symbolic link");
    await rm(path);
    await Bun.$`mkfifo ${path}`.quiet();
    await expect(withLock(path, 0, nothing)).rejects.toThrow("ENXIO");
    expect(await readFile(target, "utf8")).toBe("not a lock");
  });

  test("withLock() empties no damaged lock that has another name: it may be anything", async () => {
    const other = join(folder, "other");
    await writeFile(other, "a text that is no database ".repeat(100));
    await link(other, path);
    await expect(withLock(path, 0, nothing)).rejects.toThrow();
    expect((await readFile(other, "utf8")).length).toBeGreaterThan(1000);
  });

  test("withLock() removes the probes of processes that were killed while they waited", async () => {
    const [old, young] = [`${path}.0123456789abcdef.tmp`, `${path}.fedcba9876543210.tmp`];
    const foreign = join(folder, "other.0123456789abcdef.tmp");
    for (const name of [old, young, foreign]) await writeFile(name, "");
    const long = new Date(Date.now() - 3_600_000);
    for (const name of [old, foreign]) await utimes(name, long, long);
    await withLock(path, 0, nothing);
    expect((await readdir(folder)).map((name) => join(folder, name)).toSorted()).toEqual(
      [path, young, foreign].toSorted(),
    );
  });

  test("withLock() frees the lock when the work fails", async () => {
    await expect(withLock(path, 0, async () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    expect(await withLock(path, 0, async () => 7)).toEqual({ kind: "done", value: 7 });
  });

  test("withLock() keeps other processes out while this one tries again in vain", async () => {
    await withLock(path, 0, async () => {
      expect(await withLock(path, 0, nothing)).toEqual({ kind: "busy" });
      expect(await (await principal()).line()).toBe("busy");
    });
    expect(await withLock(path, 0, async () => 7)).toEqual({ kind: "done", value: 7 });
  });

  test("withLock() lets one at a time do its work", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside++;
      most = Math.max(most, inside);
      await Bun.sleep(1);
      inside--;
    };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => withLock(path, long, work)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(8).fill("done"));
    expect(most).toBe(1);
  });

  test("withLock() says when another process keeps the lock, and gets it when that one has done", async () => {
    const { child, line } = await principal();
    expect(await line()).toBe("held");
    expect(await withLock(path, 0, nothing)).toEqual({ kind: "busy" });
    const waiting = withLock(path, long, async () => "mine");
    child.stdin.end();
    expect(await waiting).toEqual({ kind: "done", value: "mine" });
    expect(await child.exited).toBe(0);
  });

  test("withLock() waits no longer than it is told to keep waiting", async () => {
    const { child, line } = await principal();
    expect(await line()).toBe("held");
    let asked = 0;
    const keepWaiting = async () => ++asked < 3;
    expect(await withLock(path, long, nothing, keepWaiting)).toEqual({ kind: "busy" });
    expect(asked).toBe(3);
    child.stdin.end();
    await child.exited;
    expect(await withLock(path, long, async () => "mine", keepWaiting)).toEqual({
      kind: "done",
      value: "mine",
    });
    expect(asked).toBe(3);
  });

  test("withLock() gets the lock of a process that was killed", async () => {
    const { child, line } = await principal();
    expect(await line()).toBe("held");
    child.kill("SIGKILL");
    await child.exited;
    expect(await withLock(path, long, async () => "mine")).toEqual({ kind: "done", value: "mine" });
  });

  test("withLock() makes a damaged file anew", async () => {
    await writeFile(path, "this is no database, but it is long enough to be one ".repeat(99));
    expect(await withLock(path, 0, async () => 7)).toEqual({ kind: "done", value: 7 });
    const outcomes = await Promise.all([withLock(path, long, nothing), withLock(path, long, nothing)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done"]);
  });
});

const canInject = process.platform === "linux" && canTrace();

function canTrace(): boolean {
  if (Bun.which("strace") === null) return false;
  const { exitCode } = Bun.spawnSync(["strace", "-f", "-o", "/dev/null", "true"], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  return exitCode === 0;
}

describe.skipIf(!canInject)("withLock() on a file system without locks (needs strace)", () => {
  test("withLock() rejects at once instead of waiting for a process that does not exist", async () => {
    const began = performance.now();
    const child = Bun.spawn(
      [
        ...[
          "strace",
          "-f",
          "-o",
          "/dev/null",
          "-e",
          "inject=fcntl:error=ENOLCK:when=1+",
          "-e",
          "trace=fcntl",
        ],
        ...[process.execPath, join(import.meta.dir, "lock-program.ts"), path, `${long}`],
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    expect(await child.stderr.text()).toContain("the file system has no locks");
    expect(performance.now() - began).toBeLessThan(long / 3);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
