import { expect, test } from "bun:test";
import { SAMPLE_EXTERNAL_ID, SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "./sample-world.ts";
import { askSts, assumeJump, keysOf } from "./support/ask.ts";
import { NOON, testClock } from "./support/clock.ts";
import { ADMINISTRATOR, assume, code, newWorld, PLAN, ROOT_KEY, sessionToken } from "./support/sts-world.ts";
import { createWorld } from "./world/world.ts";

const ANA = "arn:aws:iam::111111111111:user/ana";
const VISITOR = "arn:aws:sts::111111111111:federated-user/visitor";

test("AssumeRole leads over three accounts and each response names who one has become", () => {
  const world = newWorld();
  const jump = assume(world, SAMPLE_ROLES.jump);
  expect(jump.field("Arn")).toBe("arn:aws:sts::111111111111:assumed-role/Jump/tester");
  expect(jump.field("AssumedRoleId")).toMatch(/^AROA[A-Z2-7]{17}:tester$/);
  expect(jump.field("Expiration")).toBe("2026-03-01T13:00:00Z");
  const relay = assume(world, SAMPLE_ROLES.relay, keysOf(jump));
  const deploy = assume(world, SAMPLE_ROLES.deploy, keysOf(relay));
  const who = askSts(world, { Action: "GetCallerIdentity" }, { keys: keysOf(deploy) });
  expect(who.field("Arn")).toBe("arn:aws:sts::333333333333:assumed-role/Deploy/tester");
  expect(who.field("Account")).toBe("333333333333");
  expect(who.field("UserId")).toBe(deploy.field("AssumedRoleId"));
});

test("AssumeRole keeps the zero that an account begins with", () => {
  const world = newWorld();
  const who = askSts(
    world,
    { Action: "GetCallerIdentity" },
    { keys: keysOf(assume(world, SAMPLE_ROLES.reader)) },
  );
  expect(who.field("Account")).toBe("012345678901");
});

test("AssumeRole gives out keys that are never the same and look like AWS's", () => {
  const world = newWorld();
  const [first, second] = [assumeJump(world), assumeJump(world)];
  expect(first.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(first.secretAccessKey).toHaveLength(40);
  expect(first.sessionToken.length).toBeGreaterThan(800);
  for (const character of "+/=") expect(first.sessionToken).toContain(character);
  for (const name of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
    expect(first[name]).not.toBe(second[name]);
  }
});

test("AssumeRole gives a role session exactly the hour it may have", () => {
  const world = newWorld();
  const reply = assume(world, SAMPLE_ROLES.relay, assumeJump(world), { DurationSeconds: "3600" });
  expect(reply.field("Expiration")).toBe("2026-03-01T13:00:00Z");
});

test("AssumeRole gives long-term keys up to what the role allows", () => {
  const reply = assume(newWorld(), SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { DurationSeconds: "43200" });
  expect(reply.field("Expiration")).toBe("2026-03-02T00:00:00Z");
});

test("AssumeRole admits the right external id", () => {
  const reply = assume(newWorld(), SAMPLE_ROLES.partner, SAMPLE_KEYS.ana, { ExternalId: SAMPLE_EXTERNAL_ID });
  expect(reply.status).toBe(200);
});

test("AssumeRole takes an MFA code once in its 30 seconds", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const guarded = () =>
    assume(world, SAMPLE_ROLES.guarded, SAMPLE_KEYS.ana, {
      SerialNumber: SAMPLE_MFA.serialNumber,
      TokenCode: code(world),
    });
  expect(guarded().status).toBe(200);
  expect(guarded().field("Message")).toBe(
    "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
  );
  clock.move(30_000);
  expect(guarded().status).toBe(200);
});

test("AssumeRole counts the MFA that a session token was given for", () => {
  const world = newWorld();
  expect(assume(world, SAMPLE_ROLES.guarded, sessionToken(world)).status).toBe(403);
  const keys = sessionToken(world, { SerialNumber: SAMPLE_MFA.serialNumber, TokenCode: code(world) });
  expect(assume(world, SAMPLE_ROLES.guarded, keys).status).toBe(200);
});

test("AssumeRole hands source identity and transitive tags down the chain", () => {
  const world = newWorld();
  const keys = assumeJump(world, {
    SourceIdentity: "ana",
    "Tags.member.1.Key": "Team",
    "Tags.member.1.Value": "Räder + Co",
    "TransitiveTagKeys.member.1": "Team",
  });
  expect(assume(world, SAMPLE_ROLES.relay, keys).field("SourceIdentity")).toBe("ana");
  const again = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "other" };
  expect(assume(world, SAMPLE_ROLES.relay, keys, again).field("Code")).toBe("InvalidParameterValue");
});

test("AssumeRole says how much of the room for policies and tags is taken, when there are any", () => {
  const world = newWorld();
  const policies = {
    Policy: '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
    "PolicyArns.member.1.arn": ADMINISTRATOR,
    "PolicyArns.member.2.arn": "arn:aws:iam::111111111111:policy/team/Own",
  };
  expect(assume(world, SAMPLE_ROLES.jump).field("PackedPolicySize")).toBeUndefined();
  expect(assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, policies).field("PackedPolicySize")).toBe("8");
  expect(assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { PolicyArns: "" }).status).toBe(200);
});

test("GetSessionToken keeps the caller's identity and lives twelve hours unless asked otherwise", () => {
  const world = newWorld();
  const reply = askSts(world, { Action: "GetSessionToken" });
  expect(reply.field("Expiration")).toBe("2026-03-02T00:00:00Z");
  const who = askSts(world, { Action: "GetCallerIdentity" }, { keys: keysOf(reply) });
  expect(who.field("Arn")).toBe(ANA);
  expect(who.field("UserId")).toMatch(/^AIDA/);
});

test("GetSessionToken cuts a root user's time to an hour without a word", () => {
  const asked = { Action: "GetSessionToken", DurationSeconds: "43200" };
  expect(askSts(newWorld(), asked, { keys: ROOT_KEY }).field("Expiration")).toBe("2026-03-01T13:00:00Z");
});

test("GetFederationToken makes a federated user, who may ask who they are", () => {
  const world = newWorld();
  const reply = askSts(world, {
    Action: "GetFederationToken",
    Name: "visitor",
    "PolicyArns.member.1.arn": ADMINISTRATOR,
  });
  expect(reply.field("FederatedUserId")).toBe("111111111111:visitor");
  const who = askSts(world, { Action: "GetCallerIdentity" }, { keys: keysOf(reply) });
  expect(who.field("Arn")).toBe(VISITOR);
  expect(who.field("UserId")).toBe("111111111111:visitor");
});

test("GetCallerIdentity names the root of an account by the account's number", () => {
  const who = askSts(newWorld(), { Action: "GetCallerIdentity" }, { keys: ROOT_KEY });
  expect(who.field("Arn")).toBe("arn:aws:iam::111111111111:root");
  expect(who.field("UserId")).toBe("111111111111");
});

test("sts gives out nothing in a region that is closed, but still says who one is", () => {
  const world = createWorld({ ...PLAN, disabledRegions: ["ap-east-1"] }, () => NOON, "test");
  const there = { host: "sts.ap-east-1.amazonaws.com", region: "ap-east-1" };
  expect(askSts(world, { Action: "GetSessionToken" }, there).field("Code")).toBe("RegionDisabledException");
  expect(askSts(world, { Action: "GetCallerIdentity" }, there).status).toBe(200);
});
