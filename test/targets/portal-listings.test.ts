import { describe, expect, test } from "bun:test";
import { knownPortals } from "../../src/targets/known-portals.ts";
import {
  type Asking,
  accessOf,
  cachedListings,
  rolesOf,
  updateListings,
} from "../../src/targets/portal-listings.ts";
import { openTargetRun, type TargetRequest } from "../../src/targets/target-run.ts";
import { failureOf } from "../support/failure.ts";
import { json } from "../support/fake-portal.ts";
import { expectListing, plainRequest, sessionUrl, targetWorld } from "../support/target-world.ts";

const accounts = { "111111111111": ["Prod", "Admin"] } as const;

async function listings(
  world: ReturnType<typeof targetWorld>,
  asking: Asking,
  request: Partial<TargetRequest> = {},
) {
  const run = await openTargetRun({ ...plainRequest, ...request }, world.system);
  return updateListings(await cachedListings(await knownPortals(run), run), asking, run);
}

describe("updateListings()", () => {
  test("updateListings() asks a portal once and caches its listing with the sign-in", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    const [asked] = await listings(world, "missing");
    expect(asked?.listing?.identities).toBe("\n111111111111\tProd\tprod@my.org\tAdmin\n");
    const [cached] = await listings(world, "missing");
    expect(cached?.listing).toEqual(asked?.listing);
    expect(cached?.access).toBeUndefined();
    expectListing(world.system, accounts);
    expect((await listings(world, "all"))[0]?.access).toBeDefined();
  });

  test("updateListings() leaves a portal without a sign-in alone where there are others", async () => {
    const world = targetWorld(["own"]);
    expectListing(world.system, accounts);
    const [session, own] = await listings(world, "all");
    expect([session?.listing, own?.listing?.accountIds]).toEqual([undefined, "\n111111111111\tProd\n"]);
    const roles = rolesOf([session, own].flatMap((found) => found ?? []));
    expect(roles.map(({ roles: { lines } }) => lines.length)).toEqual([1]);
  });

  test("updateListings() keeps the failure of one of several portals, and throws that of the only one", async () => {
    const refuse = (world: ReturnType<typeof targetWorld>) =>
      world.system.expect(
        "GET",
        "https://portal.sso.us-east-1.amazonaws.com/assignment/accounts?max_result=100",
        json(403, { message: "no" }, { "x-amzn-errortype": "ForbiddenException" }),
      );
    const two = targetWorld(["own"]);
    refuse(two);
    expect((await listings(two, "all"))[1]?.failure?.message).toContain("cannot list your accounts");
    const one = targetWorld(["session"]);
    refuse(one);
    expect((await failureOf(() => listings(one, "all"))).message).toContain("cannot list your accounts");
  });

  test("updateListings() signs in to nothing where the options forbid it", async () => {
    const failure = await failureOf(() => listings(targetWorld([]), "missing", { signIn: "never" }));
    expect([failure.kind, failure.hints]).toEqual([
      "sign-in-needed",
      ["sign in with: aws-login login --sso-session my-sso"],
    ]);
  });
});

test("accessOf() is the portal that was asked and has the role", async () => {
  const world = targetWorld(["session"]);
  expectListing(world.system, accounts);
  const found = await listings(world, "all");
  const role = { accountId: "111111111111", roleName: "Admin", startUrl: sessionUrl, options: {} };
  expect(accessOf(role, found)).toBe(found[0]?.access);
  expect(found[0]?.access).toBeDefined();
  expect(accessOf({ ...role, roleName: "Other" }, found)).toBeUndefined();
  expect(accessOf({ profile: "p", startUrl: sessionUrl, options: {} }, found)).toBeUndefined();
  expect(accessOf(role, await listings(world, "missing"))).toBeUndefined();
});
