import { expect, test } from "bun:test";
import { keepBackup } from "../../../src/commands/dumpconfig/config-backup.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const path = "/home/me/.aws/config";
const at = (ending: string) => `${path}.${ending}.bak`;
const noon = at("20300131T120000Z");

/** Where a copy of a config file of the text "now" ends up among these files. */
async function keep(others: Readonly<Record<string, string>>, listing?: Error) {
  const files = new Map(Object.entries({ [path]: "now", ...others }));
  const system = fakeSystem({
    instead: {
      readBytes: async (name) => new TextEncoder().encode(files.get(name)),
      listFolder: async (folder) => {
        if (listing !== undefined) throw listing;
        return [...files.keys()].map((file) => file.replace(`${folder}/`, ""));
      },
      copyFile: async (from, to) => {
        if (files.has(to)) return false;
        files.set(to, files.get(from) ?? "");
        return true;
      },
    },
  });
  const backup = await keepBackup(path, "now", system);
  expect(files.get(backup.path)).toBe("now");
  return backup;
}

const cases: Record<string, [others: Record<string, string>, backup: string, isNew: boolean]> = {
  "copies the file": [{}, noon, true],
  "copies it again when the latest copy has another text": [
    { [at("20300101T000000Z")]: "now", [at("20300102T000000Z")]: "then" },
    noon,
    true,
  ],
  "is content with the latest copy when that has the text": [
    { [at("20300101T000000Z")]: "then", [at("20300102T000000Z")]: "now" },
    at("20300102T000000Z"),
    false,
  ],
  "counts the copies of one second": [
    Object.fromEntries(["", "-2", "-3", "-9", "-10"].map((end) => [at(`20300131T120000Z${end}`), end])),
    at("20300131T120000Z-4"),
    true,
  ],
  "takes the tenth copy of a second for later than the ninth": [
    { [at("20300131T120000Z-10")]: "now", [at("20300131T120000Z-9")]: "then" },
    at("20300131T120000Z-10"),
    false,
  ],
  "takes no file of another kind for a copy": [
    { [`${path}.bak`]: "now", [at("mine")]: "now", "/home/me/.aws/other.20300101T000000Z.bak": "now" },
    noon,
    true,
  ],
};
test.each(Object.entries(cases))("keepBackup() %s", async (_, [others, backup, isNew]) => {
  expect(await keep(others)).toEqual({ path: backup, isNew });
});

test("keepBackup() copies the file where the others cannot be looked at", async () => {
  const listing = new Error("EACCES: permission denied");
  expect(await keep({ [at("20300101T000000Z")]: "now" }, listing)).toEqual({ path: noon, isNew: true });
});
