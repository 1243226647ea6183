import { describe, expect, test } from "bun:test";
import { textEntry } from "../../../scripts/release/entry.ts";
import { tar, tarGz } from "../../../scripts/release/tar.ts";
import { withFolder } from "../../release/support/folder.ts";

const entries = [
  { ...textEntry("a/program", "#!/bin/sh\necho started\n"), isExecutable: true },
  textEntry("a/empty", ""),
  // As long as a block, and one byte longer.
  textEntry("a/block", "x".repeat(512)),
  textEntry("a/more", "y".repeat(513)),
];
/** 2026-01-02T03:04:05Z */
const TIME = 1_767_323_045;

describe("tar()", () => {
  test("makes an archive from which tar takes the files with their modes and times", async () => {
    await withFolder(async (folder) => {
      const listing = Bun.spawnSync(["tar", "-tvf", "-", "--numeric-owner"], {
        stdin: tar(entries, TIME),
        env: { ...process.env, TZ: "UTC", LC_ALL: "C" },
      });
      const rows = listing.stdout.toString().trim().split("\n");
      expect(rows.map((row) => row.replace(/ +/g, " ").replace(/ 0 0 /, " 0/0 "))).toEqual(
        entries.map(({ path, bytes, ...rest }) => {
          const mode = "isExecutable" in rest ? "-rwxr-xr-x" : "-rw-r--r--";
          return expect.stringMatching(new RegExp(`^${mode} 0/0 ${bytes.length} .* ${path}$`));
        }),
      );
      Bun.spawnSync(["tar", "-xf", "-"], { cwd: folder, stdin: tar(entries, TIME) });
      const started = Bun.spawnSync([`${folder}/a/program`]);
      expect(started.stdout.toString()).toBe("started\n");
      const file = Bun.file(`${folder}/a/more`);
      expect([await file.text(), file.lastModified]).toEqual(["y".repeat(513), TIME * 1000]);
    });
  });

  test("makes an archive that Bun reads", async () => {
    const files = await new Bun.Archive(tarGz(entries, TIME)).files();
    const texts = await Promise.all(
      [...files].map(async ([path, file]) => [path, (await file.text()).length]),
    );
    expect(Object.fromEntries(texts)).toEqual({
      "a/program": 23,
      "a/empty": 0,
      "a/block": 512,
      "a/more": 513,
    });
  });

  test("refuses a path that has no room", () => {
    expect(() => tar([textEntry("x".repeat(101), "")], 0)).toThrow("the path is too long for tar: xxx");
  });
});

test("tarGz() writes neither a name nor a time of its own", () => {
  expect([...tarGz(entries, TIME).subarray(0, 10)]).toEqual([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
});
