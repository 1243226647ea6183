import { describe, expect, test } from "bun:test";
import { labelOf } from "../../src/targets/candidate.ts";
import { findCandidates } from "../../src/targets/find-candidates.ts";
import { openTargetRun, type TargetRequest } from "../../src/targets/target-run.ts";
import { expectListing, plainRequest, targetWorld } from "../support/target-world.ts";

async function find(
  world: ReturnType<typeof targetWorld>,
  words: readonly string[],
  request: Partial<TargetRequest> = {},
  reload: "always" | "if-nothing-matches" = "if-nothing-matches",
) {
  const run = await openTargetRun({ ...plainRequest, ...request }, world.system);
  const { matches } = await findCandidates(words, run, { reload });
  return matches.map(labelOf);
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
});
