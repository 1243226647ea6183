import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { textEntry } from "../../../scripts/release/entry.ts";
import { zip } from "../../../scripts/release/zip.ts";
import { isMissing } from "../../cli/shells.ts";
import { withFolder } from "../../release/support/folder.ts";
import { zipListing } from "../../release/support/zip-listing.ts";

const entries = [
  { ...textEntry("a/program.exe", "MZ".repeat(3000)), isExecutable: true },
  textEntry("a/empty", ""),
  textEntry("a/Grüße", "greetings"),
];
/** 2026-01-02T03:04:05Z; zip knows even seconds only. */
const TIME = 1_767_323_045;

test.skipIf(isMissing("python3"))(
  "zip() makes an archive from which others take files, modes and times (needs python3)",
  async () => {
    await withFolder(async (folder) => {
      const path = join(folder, "a.zip");
      await Bun.write(path, zip(entries, TIME));
      expect(zipListing(path)).toEqual(
        entries.map(({ path, bytes, ...rest }) => ({
          path,
          mode: "isExecutable" in rest ? 0o100755 : 0o100644,
          time: [2026, 1, 2, 3, 4, 4],
          sha256: createHash("sha256").update(bytes).digest("hex"),
        })),
      );
    });
  },
);

test("zip() gives the same bytes each time", () => {
  expect(zip(entries, TIME)).toEqual(zip(entries, TIME));
});
