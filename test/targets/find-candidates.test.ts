import { describe, expect, test } from "bun:test";
import { labelOf } from "../../src/targets/candidate.ts";
import { candidatesAt } from "../../src/targets/candidate-list.ts";
import { findCandidates, isBlind } from "../../src/targets/find-candidates.ts";
import { openTargetRun, type TargetRequest } from "../../src/targets/target-run.ts";
import { failureOf } from "../support/failure.ts";
import {
  config,
  expectListing,
  plainRequest,
  sessionToken,
  sessionUrl,
  targetWorld,
  tokenText,
} from "../support/target-world.ts";

async function find(
  world: ReturnType<typeof targetWorld>,
  words: readonly string[],
  request: Partial<TargetRequest> = {},
  reload: "always" | "if-nothing-matches" = "if-nothing-matches",
) {
  const run = await openTargetRun({ ...plainRequest, ...request }, world.system);
  const { all, matches } = await findCandidates(words, run, { reload });
  return candidatesAt(all, matches).map(labelOf);
}
const first = { "111111111111": ["Prod", "Admin", "Reader"] } as const;
const second = { ...first, "222222222222": ["New", "Admin"] } as const;

describe("findCandidates()", () => {
  test("findCandidates() merges profiles and roles; the profile of a role is found by the account's name", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, first);
    expect(await find(world, [])).toEqual(["Prod/Reader", "dev", "keys"]);
    expect(await find(world, ["prod", "admin"])).toEqual(["dev"]);
  });

  test("findCandidates() asks the portals again where nothing matches, once", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, first);
    await find(world, []);
    expectListing(world.system, second);
    expect(await find(world, ["new"])).toEqual(["New/Admin"]);
    expectListing(world.system, second);
    expect(await find(world, ["nowhere"])).toEqual([]);
  });

  test("findCandidates() asks in any case where it is to reload", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, first);
    await find(world, []);
    expectListing(world.system, second);
    expect(await find(world, ["admin"], {}, "always")).toEqual(["New/Admin", "dev"]);
  });

  test("findCandidates() has only roles of the account, role and portal that options name", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, second);
    expect(await find(world, [], { ssoSession: "my-sso" })).toEqual([
      "New/Admin",
      "Prod/Admin",
      "Prod/Reader",
    ]);
    expect(await find(world, [], { ssoAcctId: "111111111111" })).toEqual(["Prod/Admin", "Prod/Reader"]);
    expect(await find(world, ["new"], { ssoRoleName: "Admin" })).toEqual(["New/Admin"]);
  });

  const spare = `${config}[sso-session spare]\nsso_start_url = https://spare.awsapps.com/start\nsso_region = us-east-1\n`;

  test("findCandidates() searches the one of several portals that the person signs in to", async () => {
    const world = targetWorld([], spare);
    const run = await openTargetRun(plainRequest, world.system);
    const asked: (string | undefined)[][] = [];
    const found = await findCandidates(["prod", "reader"], run, {
      reload: "if-nothing-matches",
      choosePortal: async (portals) => {
        asked.push(portals.map(({ ssoSession }) => ssoSession));
        // The person signs in to it.
        world.files.files.set(sessionToken, tokenText(sessionUrl));
        expectListing(world.system, first);
        return portals[0];
      },
    });
    expect(asked).toEqual([["my-sso", "spare"]]);
    expect(candidatesAt(found.all, found.matches).map(labelOf)).toEqual(["Prod/Reader"]);
    expect(isBlind(found)).toBe(false);
  });

  test("findCandidates() lets no portal be chosen where one is signed in to, only one is known, or a profile matches", async () => {
    const choosePortal = async () => {
      throw new Error("asked");
    };
    const all = (words: readonly string[], run: Awaited<ReturnType<typeof openTargetRun>>) =>
      findCandidates(words, run, { reload: "if-nothing-matches", choosePortal });
    const world = targetWorld(["session"], spare);
    expectListing(world.system, first);
    expect((await all(["nowhere"], await openTargetRun(plainRequest, world.system))).matches).toEqual([]);
    const signedOut = await openTargetRun(plainRequest, targetWorld([], spare).system);
    const found = await all(["keys"], signedOut);
    expect(candidatesAt(found.all, found.matches).map(labelOf)).toEqual(["keys"]);
    const never = { ...plainRequest, signIn: "never" } as const;
    const only = await openTargetRun(never, targetWorld([]).system);
    expect((await failureOf(() => all(["nowhere"], only))).kind).toBe("sign-in-needed");
  });

  test("findCandidates() leaves several portals without a sign-in unsearched where none is chosen", async () => {
    const run = await openTargetRun(plainRequest, targetWorld([], spare).system);
    const found = await findCandidates(["nowhere"], run, {
      reload: "if-nothing-matches",
      choosePortal: async () => undefined,
    });
    expect([found.matches, isBlind(found), found.listings.length]).toEqual([[], true, 2]);
  });
});

test("isBlind() is not said of nothing", () => {
  expect(isBlind({ listings: [] })).toBe(false);
});
