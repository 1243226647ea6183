import { expect, test } from "bun:test";
import { isSelected, type Selection } from "../../../src/commands/dumpconfig/select-roles.ts";

const role = {
  accountId: "012345678901",
  accountName: "Prod Data",
  emailAddress: "data@my.org",
  role: "Admin",
  profile: "pd.adm",
};

const cases: Record<string, [Selection, boolean]> = {
  "every role without a selection": [{}, true],
  "a role in which every word of one --only occurs, in any case": [{ only: ["ADMIN prod"] }, true],
  "no role that lacks a word": [{ only: ["admin test"] }, false],
  "a role of any --only": [{ only: ["test", "my.org"] }, true],
  "a role by its account id": [{ only: ["0123"] }, true],
  "a role by its profile": [{ only: ["pd.adm"] }, true],
  "no role of an --except": [{ except: ["test", "admin data"] }, false],
  "no role of an --except beside a matching --only": [{ only: ["prod"], except: ["admin"] }, false],
};
for (const [sentence, [selection, selected]] of Object.entries(cases)) {
  test(`isSelected() takes ${sentence}`, () => expect(isSelected(role, selection)).toBe(selected));
}
