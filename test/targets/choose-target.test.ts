import { describe, expect, test } from "bun:test";
import { chooseTarget } from "../../src/targets/choose-target.ts";
import { failureOf } from "../support/failure.ts";
import { optionsOf } from "../support/options.ts";
import { expectListing, ownUrl, sessionUrl, targetWorld } from "../support/target-world.ts";

const accounts = { "111111111111": ["Prod", "Admin", "Reader"], "222222222222": ["Dev", "Admin"] } as const;

const sameCommand = () => "";

function choose(world: ReturnType<typeof targetWorld>, ...words: string[]) {
  return chooseTarget(optionsOf("getcallerid", ...words), {
    system: world.system,
    asks: "as-needed",
    hints: [],
    sameCommand,
  });
}

describe("chooseTarget()", () => {
  test("chooseTarget() takes the exact name of a profile without reading or asking more", async () => {
    expect(await choose(targetWorld([]), "keys")).toEqual(optionsOf("getcallerid", "--profile", "keys"));
  });

  test("chooseTarget() takes the only match: the profile of a role, or the role", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    const asked = await choose(world, "prod", "admin");
    expect(asked).toEqual(optionsOf("getcallerid", "--profile", "dev"));
    expect(await choose(world, "Dev/Admin")).toEqual(
      optionsOf(
        "getcallerid",
        "--sso-session",
        "my-sso",
        "--sso-acct-id",
        "222222222222",
        "--sso-role-name",
        "Admin",
      ),
    );
  });

  test("chooseTarget() uses the own cache for a role of a portal in it", async () => {
    const world = targetWorld(["own"]);
    expectListing(world.system, accounts);
    const role = ["--sso-acct-id", "222222222222", "--sso-role-name", "Admin"];
    expect(await choose(world, "222222222222")).toEqual(
      optionsOf("getcallerid", "--use-cache", "--start-url", ownUrl, ...role),
    );
  });

  test("chooseTarget() takes a profile's role from the own cache where only that is signed in to", async () => {
    const text = `[profile dev]
sso_start_url = ${ownUrl}
sso_region = us-east-1
sso_account_id = 222222222222
sso_role_name = Admin
region = eu-west-1
`;
    const world = targetWorld(["own"], text);
    expectListing(world.system, accounts);
    const role = ["--sso-acct-id", "222222222222", "--sso-role-name", "Admin"];
    const own = ["--use-cache", "--start-url", ownUrl, ...role];
    expect(await choose(world, "2222", "admin")).toEqual(
      optionsOf("getcallerid", ...own, "--region", "eu-west-1"),
    );
    // An option and a variable win over the profile's region, and its exact name means the profile.
    expect(await choose(world, "2222", "admin", "--region", "us-west-2")).toMatchObject({
      region: "us-west-2",
    });
    const ofVariable = { ...world, system: { ...world.system, env: { AWS_REGION: "us-west-2" } } };
    expect(await choose(ofVariable, "2222", "admin")).toEqual(optionsOf("getcallerid", ...own));
    expect(await choose(world, "dev")).toEqual(optionsOf("getcallerid", "--profile", "dev"));
  });

  test("chooseTarget() completes an account or a role", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    const session = ["--sso-session", "my-sso"];
    expect(await choose(world, ...session, "--sso-acct-id", "222222222222")).toMatchObject({
      ssoRoleName: "Admin",
    });
    expect(await choose(world, ...session, "--sso-role-name", "Reader")).toMatchObject({
      ssoAcctId: "111111111111",
    });
  });

  test("chooseTarget() hands on a token that an option gives, which stdin gives only once", async () => {
    const world = targetWorld([]);
    const system = { ...world.system, readStdin: async () => "made-up-token" };
    expectListing(world.system, accounts);
    const options = optionsOf("getcallerid", "reader", "--sso-access-token", "-", "--start-url", sessionUrl);
    expect(await chooseTarget(options, { system, asks: "as-needed", hints: [], sameCommand })).toMatchObject({
      ssoAccessToken: "made-up-token",
      startUrl: sessionUrl,
      ssoRegion: "us-east-1",
      ssoAcctId: "111111111111",
      ssoRoleName: "Reader",
    });
  });

  test("chooseTarget() chooses none of several", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    const failure = await failureOf(() => choose(world, "admin"));
    expect([failure.kind, failure.notes]).toEqual([
      "usage",
      ["Dev/Admin (222222222222, https://session.awsapps.com/start)", "dev (Prod 111111111111/Admin)"],
    ]);
  });

  test("chooseTarget() fails where nothing matches, with the hints of the command first", async () => {
    const world = targetWorld(["session"]);
    expectListing(world.system, accounts);
    const options = optionsOf("getcallerid", "aws", "prod");
    const failure = await failureOf(() =>
      chooseTarget(options, { system: world.system, asks: "as-needed", hints: ["put --"], sameCommand }),
    );
    expect([failure.kind, failure.hints]).toEqual([
      "no-credentials",
      ["put --", "the nearest names are: Prod/Reader, dev"],
    ]);
  });

  test("chooseTarget() that asks nothing chooses from cached listings, and none of several", async () => {
    const world = targetWorld(["session"]);
    const chosen = (...words: string[]) =>
      chooseTarget(optionsOf("status", ...words), {
        system: world.system,
        asks: "nothing",
        hints: ["ask the portals"],
        sameCommand,
      });
    const failure = await failureOf(() => chosen("reader"));
    expect([failure.kind, failure.hints[0]]).toEqual(["no-credentials", "ask the portals"]);
    expectListing(world.system, accounts);
    await choose(world, "Prod/Reader");
    const { length } = world.files.log;
    expect(await chosen("reader")).toMatchObject({ ssoAcctId: "111111111111", ssoRoleName: "Reader" });
    expect((await failureOf(() => chosen("admin"))).message).toBe(
      'cannot choose an identity for "admin": 2 match, and status asks nothing',
    );
    expect(world.files.log.slice(length).filter((line) => !line.startsWith("check "))).toEqual([]);
  });
});
