import { describe, expect, test } from "bun:test";
import { formatListing, listingParts } from "../../src/sso/listing-file.ts";
import type { Candidate } from "../../src/targets/candidate.ts";
import { candidateList } from "../../src/targets/candidate-list.ts";
import { noMatch, severalMatches, wanted } from "../../src/targets/no-target.ts";
import type { PortalListing } from "../../src/targets/portal-listings.ts";

const candidates: readonly Candidate[] = [
  { profile: "prod-admin", accountId: "111111111111", roleName: "Admin", options: { profile: "prod-admin" } },
  { accountId: "222222222222", accountName: "Dev", roleName: "Admin", options: {} },
];
const all = candidateList(candidates);
function portal(loggedIn: boolean): PortalListing {
  return {
    portal: {
      choice: { kind: "own", startUrl: "https://own.awsapps.com/start", region: undefined },
      options: {},
      shown: "--start-url https://own.awsapps.com/start",
      startUrl: "https://own.awsapps.com/start",
      ssoSession: undefined,
      signIn: loggedIn ? "usable" : "needed",
      listingName: "x",
    },
    listing: loggedIn ? listingParts(formatListing({ listedAt: 0, accounts: [] })) : undefined,
  };
}
const signIn =
  "to search https://own.awsapps.com/start as well: aws-login login --start-url https://own.awsapps.com/start";

describe("noMatch()", () => {
  test("noMatch() names what is near", () => {
    const failure = noMatch(
      ["prod", "x"],
      '"prod x"',
      { all, matches: [], profiles: [], listings: [portal(true)] },
      ["first"],
    );
    expect(failure.message).toBe('cannot find an identity for "prod x": no profile, account or role matches');
    expect([failure.kind, failure.hints]).toEqual(["no-credentials", ["first", "did you mean prod-admin?"]]);
  });

  test("noMatch() needs a sign-in where no portal could be searched", () => {
    const failure = noMatch(["zzz"], '"zzz"', { all, matches: [], profiles: [], listings: [portal(false)] });
    expect([failure.kind, failure.hints]).toEqual(["sign-in-needed", [signIn.replace(" as well", "")]]);
  });

  test("noMatch() names the portals that were not searched beside others", () => {
    const failure = noMatch(["dve"], '"dve"', {
      all,
      matches: [],
      profiles: [],
      listings: [portal(true), portal(false)],
    });
    expect([failure.kind, failure.hints]).toEqual(["no-credentials", ["did you mean Dev/Admin?", signIn]]);
  });

  test("noMatch() needs no sign-in where a portal that is signed in to was not asked", () => {
    const unasked = { ...portal(true), listing: undefined };
    const failure = noMatch(["zzz"], '"zzz"', { all, matches: [], profiles: [], listings: [unasked] }, [
      "ask",
    ]);
    expect([failure.kind, failure.hints]).toEqual([
      "no-credentials",
      ["ask", "for all 2 names: aws-login list"],
    ]);
  });

  test("noMatch() says where the accounts and roles are when the options leave none", () => {
    const none = { all: candidateList([]), matches: [], profiles: [], listings: [portal(true)] };
    expect(noMatch([], "--sso-role-name nope", none).hints).toEqual([
      "for your accounts and roles: aws-login list",
    ]);
  });

  test("noMatch() says how to begin where nothing is known", () => {
    const { hints } = noMatch(["x"], '"x"', {
      all: candidateList([]),
      matches: [],
      profiles: [],
      listings: [],
    });
    expect(hints).toEqual(["to sign in to Identity Center: aws-login login --start-url URL"]);
  });
});

test("severalMatches() names the first ten, and what tells them apart", () => {
  const many = Array.from(
    { length: 12 },
    (_, at): Candidate => ({
      accountId: `${at}`.padStart(12, "0"),
      accountName: "A",
      roleName: "R",
      options: {},
    }),
  );
  const failure = severalMatches(
    '"a"',
    [...candidates.slice(0, 1), ...many],
    "there is no terminal to choose on",
  );
  expect(failure.kind).toBe("usage");
  expect(failure.message).toBe(
    'cannot choose an identity for "a": 13 match, and there is no terminal to choose on',
  );
  expect(failure.notes).toHaveLength(11);
  expect(failure.notes.slice(0, 2)).toEqual(["prod-admin (111111111111/Admin)", "A/R (000000000000)"]);
  expect(failure.notes.at(-1)).toBe("and 3 more: aws-login list shows them all");
});

test("wanted() says what was looked for", () => {
  expect(wanted(["prod", "admin"], {})).toBe('"prod admin"');
  expect(wanted(["x"], { ssoAcctId: "111111111111" })).toBe('"x" and --sso-acct-id 111111111111');
  expect(wanted([], {})).toBe("the portal");
});
