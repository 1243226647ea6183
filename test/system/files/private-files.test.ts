import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { constants } from "node:fs";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFolder, openOwn, readOwn, restrictFolder } from "../../../src/system/files/private-files.ts";

const isRoot = process.getuid?.() === 0;
const otherUser = 12345;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-own-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => ((await lstat(path)).mode & 0o7777).toString(8);

describe.skipIf(process.platform === "win32")("restrictFolder()", () => {
  test("restrictFolder() shuts others out of a folder that exists, and makes one that does not", async () => {
    await chmod(folder, 0o755);
    await restrictFolder(folder);
    await restrictFolder(join(folder, "new/newer"));
    const all = [folder, join(folder, "new"), join(folder, "new/newer")];
    expect(await Promise.all(all.map(modeOf))).toEqual(["700", "700", "700"]);
  });

  test("restrictFolder() takes others' rights away and no bit besides, also in the folders that it keeps", async () => {
    const below = join(folder, "tokens");
    await mkdir(below);
    await chmod(below, 0o777);
    await chmod(folder, 0o2775);
    await restrictFolder(folder);
    expect([await modeOf(folder), await modeOf(below)]).toEqual(["2700", "700"]);
  });

  test("restrictFolder() knows every name that the program uses in its folder", async () => {
    const names = ["tokens", "clients", "credentials", "listings", "locks", "endpoints"];
    for (const name of names) await mkdir(join(folder, name));
    for (const name of ["recent.json", "portals.json", "store.json"]) await writeFile(join(folder, name), "");
    await chmod(folder, 0o755);
    await restrictFolder(folder);
    expect(await modeOf(folder)).toBe("700");
  });

  test("restrictFolder() rejects for a symbolic link, and changes nothing where it leads", async () => {
    const [target, link] = [join(folder, "target"), join(folder, "link")];
    await mkdir(target, { mode: 0o755 });
    await symlink(target, link);
    await expect(restrictFolder(link)).rejects.toThrow("it is a symbolic link");
    expect(await modeOf(target)).toBe("755");
  });

  test("restrictFolder() rejects for a link to nothing and for a file", async () => {
    await symlink("none", join(folder, "link"));
    await writeFile(join(folder, "file"), "");
    await expect(restrictFolder(join(folder, "link"))).rejects.toThrow("it is a symbolic link");
    await expect(restrictFolder(join(folder, "file"))).rejects.toThrow(
      "there is a file where a folder must be",
    );
  });

  const shared: Record<string, { readonly mode: number; readonly holds?: string; readonly why: string }> = {
    "a sticky folder": { mode: 0o1777, why: "it is meant for several users (its sticky bit is set)" },
    "a sticky folder of its own files": {
      mode: 0o1755,
      holds: "tokens",
      why: "it is meant for several users (its sticky bit is set)",
    },
    "a folder of something else": {
      mode: 0o755,
      holds: "lib",
      why: "others may look into it, and FOLDER/lib is not aws-login's",
    },
    "a folder that others write to, of something else": {
      mode: 0o2777,
      holds: "tokens.json",
      why: "others may look into it, and FOLDER/tokens.json is not aws-login's",
    },
  };
  for (const [name, { mode, holds, why }] of Object.entries(shared)) {
    test(`restrictFolder() rejects for ${name}, and leaves every bit of it as it was`, async () => {
      if (holds !== undefined) await mkdir(join(folder, holds), { mode: 0o755 });
      await chmod(folder, mode);
      for (const look of [restrictFolder, checkFolder]) {
        await expect(look(folder)).rejects.toThrow(why.replace("FOLDER", folder));
        expect(await modeOf(folder)).toBe(mode.toString(8));
      }
    });
  }

  test("restrictFolder() leaves a folder that is closed to others alone, whatever it holds", async () => {
    await writeFile(join(folder, "notes.txt"), "");
    await chmod(folder, 0o1700);
    await restrictFolder(folder);
    expect(await modeOf(folder)).toBe("1700");
  });

  test("restrictFolder() knows its own files, those of the Python tool, and what a killed write left", async () => {
    const left = "portals.json.0123456789abcdef.tmp";
    const names = ["portals.json", "store.json", "aws-accesstoken-cache.json", left];
    for (const name of names) await writeFile(join(folder, name), "");
    for (const name of ["tokens", "clients", "credentials", "locks"]) await mkdir(join(folder, name));
    await chmod(folder, 0o755);
    await restrictFolder(folder);
    expect(await modeOf(folder)).toBe("700");
  });

  test("restrictFolder() takes a folder over that others could write to when all in it is this user's", async () => {
    await mkdir(join(folder, "tokens"));
    await writeFile(join(folder, "tokens/a.json"), "{}");
    await chmod(folder, 0o777);
    await restrictFolder(folder);
    expect(await modeOf(folder)).toBe("700");
  });

  test("restrictFolder() rejects each time for one that others could write to with a link in it", async () => {
    await mkdir(join(folder, "tokens"));
    await symlink("/dev/null", join(folder, "tokens/a.json"));
    await chmod(folder, 0o775);
    for (let time = 0; time < 2; time++) {
      await expect(restrictFolder(folder)).rejects.toThrow(
        `others may write to it, and ${join(folder, "tokens/a.json")} is not yours: it is a symbolic link`,
      );
    }
    await expect(checkFolder(folder)).rejects.toThrow("is not yours: it is a symbolic link");
    expect(await modeOf(folder)).toBe("775");
  });

  test("restrictFolder() rejects for one in which others could write to a folder, with a link in that", async () => {
    await mkdir(join(folder, "credentials"));
    await symlink("/dev/null", join(folder, "credentials/1-1"));
    await chmod(join(folder, "credentials"), 0o777);
    await chmod(folder, 0o755);
    await expect(restrictFolder(folder)).rejects.toThrow(
      "credentials/1-1 is not yours: it is a symbolic link",
    );
    expect(await modeOf(folder)).toBe("755");
  });

  test.skipIf(!isRoot)("restrictFolder() rejects for another user's folder, whatever its mode", async () => {
    for (const mode of [0o700, 0o755, 0o777]) {
      await chmod(folder, mode);
      await chown(folder, otherUser, otherUser);
      await expect(restrictFolder(folder)).rejects.toThrow("it belongs to another user (12345, you are 0)");
      expect(await modeOf(folder)).toBe(mode.toString(8));
    }
  });

  test.skipIf(!isRoot)(
    "restrictFolder() rejects for what another user put where he could write",
    async () => {
      const path = join(folder, "portals.json");
      await writeFile(path, "");
      await chown(path, otherUser, otherUser);
      await chmod(folder, 0o777);
      await expect(restrictFolder(folder)).rejects.toThrow(
        `${path} is not yours: it belongs to another user`,
      );
    },
  );
});

describe.skipIf(process.platform === "win32")("checkFolder()", () => {
  test("checkFolder() changes nothing of a folder that others may look into, and makes none", async () => {
    await mkdir(join(folder, "tokens"), { mode: 0o755 });
    for (const mode of [0o755, 0o777]) {
      await chmod(folder, mode);
      await checkFolder(folder);
      expect(await modeOf(folder)).toBe(mode.toString(8));
    }
    await checkFolder(join(folder, "none"));
    await expect(lstat(join(folder, "none"))).rejects.toThrow("ENOENT");
  });

  test("checkFolder() rejects for a link and for a file", async () => {
    await symlink(folder, join(folder, "link"));
    await writeFile(join(folder, "file"), "");
    await expect(checkFolder(join(folder, "link"))).rejects.toThrow("it is a symbolic link");
    await expect(checkFolder(join(folder, "file"))).rejects.toThrow("there is a file where a folder must be");
  });
});

/** What may stand in the place of a file of ours, and why it is not read. */
const foreign: Record<string, { readonly make: (path: string) => Promise<unknown>; readonly why: string }> = {
  "a symbolic link": {
    make: async (path) => {
      await writeFile(join(folder, "target"), "target");
      await symlink("target", path);
    },
    why: "it is a symbolic link",
  },
  "a link to nothing": { make: (path) => symlink("none", path), why: "it is a symbolic link" },
  "a folder": { make: (path) => mkdir(path), why: "it is not a regular file" },
  "a pipe without a writer": {
    make: (path) => Bun.$`mkfifo ${path}`.quiet(),
    why: "it is not a regular file",
  },
  "a file that all users may write to": {
    make: async (path) => {
      await writeFile(path, "another user's words");
      await chmod(path, 0o602);
    },
    why: "others may write to it, and may have (if they have not: chmod go-w)",
  },
  ...(isRoot && {
    "a file that another group may write to": {
      make: async (path) => {
        await writeFile(path, "another user's words");
        await chown(path, 0, otherUser);
        await chmod(path, 0o660);
      },
      why: "others may write to it, and may have (if they have not: chmod go-w)",
    },
    "another user's file": {
      make: async (path) => {
        await writeFile(path, "theirs", { mode: 0o666 });
        await chown(path, otherUser, otherUser);
      },
      why: "it belongs to another user (12345, you are 0)",
    },
  }),
};

describe.skipIf(process.platform === "win32")("readOwn()", () => {
  test.skipIf(process.getuid?.() !== process.getgid?.())(
    "readOwn() reads what the user's own group may write to, as a umask of 002 has it",
    async () => {
      await writeFile(join(folder, "a"), "text");
      await chmod(join(folder, "a"), 0o664);
      expect(await readOwn(join(folder, "a"))).toBe("text");
    },
  );

  test("readOwn() is the text of a file of this user's, and nothing when there is none", async () => {
    await writeFile(join(folder, "a"), "größer\n");
    expect(await readOwn(join(folder, "a"))).toBe("größer\n");
    expect(await readOwn(join(folder, "b"))).toBeUndefined();
    expect(await readOwn(join(folder, "none/b"))).toBeUndefined();
  });

  for (const [name, { make, why }] of Object.entries(foreign)) {
    test(`readOwn() rejects for ${name}`, async () => {
      const path = join(folder, "a");
      await make(path);
      await expect(readOwn(path)).rejects.toThrow(why);
    });
  }
});

describe.skipIf(process.platform === "win32")("openOwn()", () => {
  const writing = constants.O_WRONLY | constants.O_CREAT;

  test("openOwn() makes a file for its owner alone, whatever the umask", async () => {
    for (const umask of [0, 0o777]) {
      const path = join(folder, `file-${umask}`);
      const before = process.umask(umask);
      try {
        await (await openOwn(path, writing)).close();
      } finally {
        process.umask(before);
      }
      expect(await modeOf(path)).toBe("600");
    }
  });

  test("openOwn() to write rejects for a link, and makes nothing where it leads", async () => {
    const path = join(folder, "a");
    await symlink("target", path);
    await expect(openOwn(path, writing)).rejects.toThrow("it is a symbolic link");
    await expect(stat(join(folder, "target"))).rejects.toThrow("ENOENT");
  });

  test("openOwn() to write does not wait for a reader of a pipe", async () => {
    const path = join(folder, "a");
    await Bun.$`mkfifo ${path}`.quiet();
    await expect(openOwn(path, writing)).rejects.toThrow("ENXIO");
  });

  test("openOwn() leaves the content of a file as it is", async () => {
    const path = join(folder, "a");
    await writeFile(path, "text");
    await (await openOwn(path, writing)).close();
    expect(await readFile(path, "utf8")).toBe("text");
  });
});
