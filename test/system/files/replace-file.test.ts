import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  chmod,
  chown,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder, removeFile } from "../../../src/system/files/files.ts";
import { copyFile, replaceFile } from "../../../src/system/files/replace-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-replace-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

const isRoot = process.getuid?.() === 0;
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("replaceFile()", () => {
  test("replaceFile() makes a file for its owner alone, whatever the umask, and leaves nothing beside it", async () => {
    for (const umask of [0, 0o777]) {
      const before = process.umask(umask);
      try {
        await replaceFile(join(folder, `${umask}.json`), "one");
      } finally {
        process.umask(before);
      }
      expect(await modeOf(join(folder, `${umask}.json`))).toBe("600");
    }
    expect((await readdir(folder)).sort()).toEqual(["0.json", "511.json"]);
  });

  test("replaceFile() puts a new file in the place of one that others could read", async () => {
    const path = join(folder, "a.json");
    await writeFile(path, "old and longer", { mode: 0o644 });
    const { ino } = await stat(path);
    await replaceFile(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await modeOf(path)).toBe("600");
    expect((await stat(path)).ino).not.toBe(ino);
  });

  test("replaceFile() writes where a symbolic link leads, and keeps the link", async () => {
    const target = join(folder, "target");
    const link = join(folder, "link");
    await writeFile(target, "old");
    await symlink(target, link);
    await replaceFile(link, "new");
    expect(await readlink(link)).toBe(target);
    expect(await readFile(target, "utf8")).toBe("new");
  });

  test("replaceFile() makes the file that a symbolic link names before there is one", async () => {
    const link = join(folder, "link");
    await symlink("target", link);
    await replaceFile(link, "new");
    expect(await readlink(link)).toBe("target");
    expect(await readFile(join(folder, "target"), "utf8")).toBe("new");
  });

  test("replaceFile() puts one of our own files in the place of a link, and leaves alone where that leads", async () => {
    const [target, link] = [join(folder, "target"), join(folder, "link")];
    await writeFile(target, "theirs");
    await symlink(target, link);
    await replaceFile(link, "new", "own");
    expect((await lstat(link)).isFile()).toBe(true);
    expect([await readFile(link, "utf8"), await readFile(target, "utf8")]).toEqual(["new", "theirs"]);
  });

  test("replaceFile() keeps the mode of a file when told to, whatever the umask", async () => {
    const path = join(folder, "config");
    await writeFile(path, "old");
    await chmod(path, 0o664);
    const before = process.umask(0o077);
    try {
      await replaceFile(path, "new", "preserve");
    } finally {
      process.umask(before);
    }
    expect(await modeOf(path)).toBe("664");
  });

  test.skipIf(!isRoot)(
    "replaceFile() keeps owner and group of a file when told to keep its mode",
    async () => {
      const path = join(folder, "config");
      await writeFile(path, "old", { mode: 0o640 });
      await chown(path, 1234, 2345);
      await replaceFile(path, "new", "preserve");
      const { uid, gid } = await stat(path);
      expect([uid, gid, await modeOf(path)]).toEqual([1234, 2345, "640"]);
      await replaceFile(path, "newer");
      expect((await stat(path)).uid).toBe(0);
    },
  );

  test.skipIf(!isRoot)("replaceFile() leaves a file alone that it may not give to its owner", async () => {
    const path = join(folder, "config");
    await writeFile(path, "old");
    await chown(path, 1234, 2345);
    await chmod(folder, 0o777);
    process.seteuid?.(65534);
    try {
      await expect(replaceFile(path, "new", "preserve")).rejects.toThrow("EPERM");
    } finally {
      process.seteuid?.(0);
    }
    expect(await readdir(folder)).toEqual(["config"]);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("replaceFile() and removeFile() take away what killed writes of the file left, and nothing else", async () => {
    const path = join(folder, "a.json");
    const left = "a.json.0123456789abcdef.tmp";
    const others = ["a.json.mine.tmp", "aXjson.0123456789abcdef.tmp", "b.0123456789abcdef.tmp"];
    const young = "a.json.fedcba9876543210.tmp";
    const long = new Date(Date.now() - 61_000);
    const leave = async (names: readonly string[]) => {
      for (const name of names) {
        await writeFile(join(folder, name), "x");
        await utimes(join(folder, name), long, long);
      }
    };
    await leave([left, ...others]);
    await writeFile(join(folder, young), "x");
    await replaceFile(path, "new");
    expect((await readdir(folder)).sort()).toEqual(["a.json", young, ...others].sort());
    await leave([left]);
    await removeFile(path);
    expect((await readdir(folder)).sort()).toEqual([young, ...others].sort());
  });

  test("replaceFile() takes away what killed writes of other JSON files left beside one, and only there", async () => {
    const names = ["b.json.0123456789abcdef.tmp", "config.0123456789abcdef.tmp"];
    const long = new Date(Date.now() - 61_000);
    for (const name of names) {
      await writeFile(join(folder, name), "x");
      await utimes(join(folder, name), long, long);
    }
    await replaceFile(join(folder, "entry"), "new");
    expect((await readdir(folder)).sort()).toEqual([...names, "entry"].sort());
    await replaceFile(join(folder, "a.json"), "new");
    expect((await readdir(folder)).sort()).toEqual(["a.json", names[1] ?? "", "entry"]);
  });

  test("replaceFile() makes a new file for its owner alone although it would keep a mode", async () => {
    await replaceFile(join(folder, "config"), "new", "preserve");
    expect(await modeOf(join(folder, "config"))).toBe("600");
  });

  test("replaceFile() takes its temporary file away when it fails", async () => {
    const path = join(folder, "folder");
    await makeFolder(path);
    await expect(replaceFile(path, "new")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["folder"]);
  });

  test("replaceFile() shows a reader the old or the new content, whole", async () => {
    const path = join(folder, "a.json");
    const texts = ["a".repeat(200_000), "b".repeat(100_000)];
    await replaceFile(path, texts[0] ?? "");
    let writing = true;
    const writer = (async () => {
      for (let round = 0; round < 20; round++) await replaceFile(path, texts[round % 2] ?? "");
      writing = false;
    })();
    const seen = new Set<string>();
    while (writing) seen.add(await readFile(path, "utf8"));
    await writer;
    for (const text of seen) expect(texts).toContain(text);
  });
});

describe("copyFile()", () => {
  test("copyFile() copies content and mode, also through a symbolic link", async () => {
    const [target, link, copy] = [join(folder, "target"), join(folder, "link"), join(folder, "copy")];
    await writeFile(target, "text");
    await chmod(target, 0o640);
    await symlink(target, link);
    expect(await copyFile(link, copy)).toBe(true);
    expect(await readFile(copy, "utf8")).toBe("text");
    expect(await modeOf(copy)).toBe("640");
    expect((await lstat(copy)).isFile()).toBe(true);
  });

  test.skipIf(!isRoot)(
    "copyFile() gives the copy the file's owner and group, or makes it readable for its own owner alone",
    async () => {
      const [from, cached, restricted] = [
        join(folder, "from"),
        join(folder, "preserve"),
        join(folder, "narrowed"),
      ];
      await writeFile(from, "text");
      await chmod(from, 0o644);
      await chown(from, 1234, 2345);
      expect(await copyFile(from, cached)).toBe(true);
      const { uid, gid } = await stat(cached);
      expect([uid, gid, await modeOf(cached)]).toEqual([1234, 2345, "644"]);

      await chmod(folder, 0o777);
      process.seteuid?.(65534);
      try {
        expect(await copyFile(from, restricted)).toBe(true);
      } finally {
        process.seteuid?.(0);
      }
      expect([(await stat(restricted)).uid, await modeOf(restricted)]).toEqual([65534, "600"]);
    },
  );

  test("copyFile() leaves nothing of a copy that breaks off, and what killed ones left goes with the next", async () => {
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    await makeFolder(from);
    await expect(copyFile(from, to)).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["from"]);
    await rm(from, { recursive: true });
    await writeFile(from, "text");
    const left = join(folder, "from.0123456789abcdef.tmp");
    await writeFile(left, "te");
    const long = new Date(Date.now() - 61_000);
    await utimes(left, long, long);
    expect(await copyFile(from, to)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(["from", "to"]);
  });

  test("copyFile() leaves what is there already", async () => {
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    await writeFile(from, "new");
    await writeFile(to, "old");
    expect(await copyFile(from, to)).toBe(false);
    expect(await readFile(to, "utf8")).toBe("old");
  });
});

const canMount =
  process.platform === "linux" &&
  Bun.spawnSync(["unshare", "-rm", "true"], { stdio: ["ignore", "ignore", "ignore"] }).exitCode === 0;
test.skipIf(!canMount)(
  "replaceFile() says of a file that is mounted by itself why it cannot be replaced",
  () => {
    const code = `import { replaceFile } from "./src/system/files/replace-file.ts";
    await replaceFile("${folder}/config", "new").catch((error) => console.log(error.message))`;
    const line = `touch ${folder}/config ${folder}/other; mount --bind ${folder}/other ${folder}/config && "$0" -e "$1"; ls ${folder}`;
    const { stdout } = Bun.spawnSync(["unshare", "-rm", "sh", "-c", line, process.execPath, code]);
    expect(stdout.toString()).toBe(
      "it is mounted by itself, so that it cannot be replaced: mount its folder instead\nconfig\nother\n",
    );
  },
);
