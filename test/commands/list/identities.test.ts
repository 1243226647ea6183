import { expect, test } from "bun:test";
import { formatIdentities } from "../../../src/commands/list/identities.ts";
import type { Candidate } from "../../../src/targets/candidate.ts";

const one: Candidate = {
  profile: "dev",
  accountId: "012345678901",
  accountName: "Dev",
  email: "dev@my.org",
  roleName: "Admin",
  startUrl: "https://my.awsapps.com/start",
  ssoSession: "my-sso",
  region: "eu-west-1",
  options: { profile: "dev" },
};
const two: Candidate = { profile: "keys", options: { profile: "keys" } };

test("formatIdentities() prints a table, with the portal only where there are several", () => {
  expect(formatIdentities([one, two], undefined)).toBe(
    "PROFILE  ACCOUNT  ID            ROLE\ndev      Dev      012345678901  Admin\nkeys\n",
  );
  const other = { ...one, startUrl: "https://other.awsapps.com/start" };
  expect(formatIdentities([one, other], undefined)).toContain("PORTAL\n");
});

test("formatIdentities() prints records with every member, and lines in the same order", () => {
  const { options: _, ...members } = one;
  const nothing = Object.fromEntries(Object.keys(members).map((name) => [name, null]));
  expect(JSON.parse(formatIdentities([one, two], "json"))).toEqual([
    members,
    { ...nothing, profile: "keys" },
  ]);
  expect(formatIdentities([one, two], "tsv")).toBe(
    "dev\t012345678901\tDev\tdev@my.org\tAdmin\thttps://my.awsapps.com/start\tmy-sso\teu-west-1\nkeys\t\t\t\t\t\t\t\n",
  );
});
