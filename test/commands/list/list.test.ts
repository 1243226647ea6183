import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/list/list.ts";
import { failureOf } from "../../support/failure.ts";
import { optionsOf } from "../../support/options.ts";
import { expectListing, targetWorld } from "../../support/target-world.ts";

const accounts = { "111111111111": ["Prod", "Admin", "Reader"] } as const;

describe("list", () => {
  test("run() prints the identities in which every word occurs", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    expect(await run(optionsOf("list", "prod", "read", "--format", "tsv"), world.system)).toBe(0);
    expect(world.system.stdoutTexts.join("").split("\t").slice(0, 5)).toEqual([
      "",
      "111111111111",
      "Prod",
      "prod@my.org",
      "Reader",
    ]);
  });

  test("run() prints sign-ins without a request", async () => {
    const world = targetWorld(["session", "own"]);
    await run(optionsOf("list", "--sessions"), world.system);
    expect(world.system.stdoutTexts.join("")).toContain("sign-in  --sso-session my-sso");
  });

  test("run() fails where nothing matches, and where there is nothing", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    expect((await failureOf(() => run(optionsOf("list", "nowhere"), world.system))).kind).toBe(
      "no-credentials",
    );
    const failure = await failureOf(() => run(optionsOf("list"), targetWorld([], "").system));
    expect([failure.kind, failure.hints]).toEqual([
      "no-credentials",
      ["to sign in to Identity Center: aws-login login --start-url URL"],
    ]);
  });
});
