import { describe, expect, test } from "bun:test";
import { type NameParts, profileNames, safeName } from "../../../src/commands/dumpconfig/profile-names.ts";

function parts(account: string, accountId: string, role: string, fullRole = role): NameParts {
  return { account, accountId, role, fullRole };
}

const one = "111111111111";
const two = "012345678901";

const cases: Record<string, { parts: NameParts[]; names: string[] }> = {
  "joins account and role": {
    parts: [parts("my-acct-1", one, "AdministratorAccess")],
    names: ["my-acct-1-AdministratorAccess"],
  },
  "replaces each unsafe character by a hyphen": {
    parts: [parts("Größe (prod) ☃😀]\n#", one, "Read Only")],
    names: ["Gr--e--prod--------Read-Only"],
  },
  "keeps every safe character": {
    parts: [parts("a_.@%+=:,/-Z9", one, "r")],
    names: ["a_.@%+=:,/-Z9-r"],
  },
  "ends both names in the account id when two accounts have one name": {
    parts: [parts("dev", one, "Ops"), parts("dev", two, "Ops"), parts("dev", one, "Admin")],
    names: [`dev-Ops-${one}`, `dev-Ops-${two}`, "dev-Admin"],
  },
  "ends both names in the account id when account and role divide differently": {
    parts: [parts("a", one, "b-c"), parts("a-b", two, "c")],
    names: [`a-b-c-${one}`, `a-b-c-${two}`],
  },
  "ends both names in the account id when they differ in unsafe characters only": {
    parts: [parts("a b", one, "r"), parts("a.b", two, "r"), parts("a/b", two, "r"), parts("a&b", two, "r")],
    names: [`a-b-r-${one}`, "a.b-r", "a/b-r", `a-b-r-${two}`],
  },
  "keeps names apart that differ in case": {
    parts: [parts("a", one, "Ops"), parts("a", two, "ops")],
    names: ["a-Ops", "a-ops"],
  },
  "lengthens a name that another name has after it was lengthened": {
    parts: [parts("x", one, "R"), parts("x", two, "R"), parts("x-R", two, one)],
    names: [`x-R-${one}`, `x-R-${two}`, `x-R-${one}-${two}`],
  },
  "encodes roles of one account whose safe names are equal": {
    parts: [parts("a", one, "R W"), parts("a", one, "R-W"), parts("a", one, "R(W"), parts("a", one, "R%20W")],
    names: [`a-R%20W-${one}`, `a-R-W-${one}`, `a-R%28W-${one}`, "a-R%20W"],
  },
  "takes the full role when the last part of it is not enough": {
    parts: [
      parts("a", one, "Admin"),
      parts("a", one, "Admin", "role/x/Admin"),
      parts("a", one, "Admin", "role/Admin"),
    ],
    names: [`a-Admin-${one}`, `a-role/x/Admin-${one}`, `a-role/Admin-${one}`],
  },
  "gives equal parts equal names": {
    parts: [parts("a", one, "b"), parts("a", one, "b")],
    names: [`a-b-${one}`, `a-b-${one}`],
  },
  "begins no name with a character that a command line takes for something else": {
    parts: [parts("[Prod] Web", one, "Role0"), parts("=,@-x", one, "r"), parts("-", one, "-r")],
    names: ["Prod--Web-Role0", "x-r", `${one}--r`],
  },
  "takes the account id for an account name without a safe character": {
    parts: [parts("日本", one, "Ops"), parts("日本", two, "Ops")],
    names: [`${one}-Ops`, `${two}-Ops`],
  },
  "tells accounts apart whose names differ in the characters that were removed": {
    parts: [parts("[Web", one, "r"), parts("Web", two, "r")],
    names: [`Web-r-${one}`, `Web-r-${two}`],
  },
  "has no names for nothing": { parts: [], names: [] },
};

describe("profileNames()", () => {
  for (const [sentence, { parts: optional, names }] of Object.entries(cases)) {
    test(`profileNames() ${sentence}`, () => {
      expect(profileNames(optional)).toEqual(names);
      // The order makes no difference.
      expect(profileNames(optional.toReversed())).toEqual(names.toReversed());
    });
  }

  test("profileNames() are unique and safe for accounts and roles of any characters", () => {
    const alphabet = ["a", "b", "-", " ", "%", "2", "0", "/", "ß", "😀"];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const word = () =>
      Array.from({ length: 1 + random(3) }, () => alphabet[random(alphabet.length)]).join("");
    for (let round = 0; round < 300; round++) {
      const optional = Array.from({ length: 6 }, (_, index) => {
        const account = word();
        const roles = [...new Set(Array.from({ length: 4 }, word))];
        return roles.map((role) => parts(account, String(index).padStart(12, "0"), role));
      }).flat();
      const names = profileNames(optional);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^(?![-=@,])[A-Za-z0-9_.@%+=:,/-]+$/.test(name))).toEqual([]);
    }
  });

  test("profileNames() names thousands of roles at once", () => {
    const optional = Array.from({ length: 1000 }, (_, account) =>
      Array.from({ length: 5 }, (_, role) =>
        parts(`account ${account % 500}`, String(account).padStart(12, "0"), `Role${role}`),
      ),
    ).flat();
    expect(new Set(profileNames(optional)).size).toBe(5000);
  });
});

describe("profileNames(), names of another portal", () => {
  const role = parts("acct-0", one, "Role0");

  test("profileNames() takes such a name for a collision", () => {
    const taken = new Set(["acct-0-Role0", "other"]);
    expect(profileNames([role, parts("acct-1", two, "Role0")], taken)).toEqual([
      `acct-0-Role0-${one}`,
      "acct-1-Role0",
    ]);
  });

  test("profileNames() takes the last form where all shorter ones are taken", () => {
    const taken = new Set(["acct-0-Role0", `acct-0-Role0-${one}`]);
    expect(profileNames([role], taken)).toEqual([`acct-0-Role0-${one}`]);
  });
});

test("safeName() keeps the length in characters", () => {
  expect(safeName("ä😀b")).toBe("--b");
});
