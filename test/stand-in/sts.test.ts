import { expect, test } from "bun:test";
import { SAMPLE_EXTERNAL_ID, SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import type { Call } from "./service.ts";
import { sts } from "./sts/sts.ts";
import { askSts, assumeJump, keysOf, postCall, type StsReply, stsReply } from "./support/ask.ts";
import { NOON, testClock } from "./support/clock.ts";
import { type SigningKeys, signedHeaders } from "./support/sign.ts";
import type { WorldPlan } from "./world/plan.ts";
import { createWorld, type World } from "./world/world.ts";

const ROOT_KEY = { accessKeyId: "AKIAROOTROOTROOTROO2", secretAccessKey: "root" };
const PLAN: WorldPlan = { ...SAMPLE_WORLD, roots: [{ account: "111111111111", keys: [ROOT_KEY] }] };

function newWorld(clock = testClock()): World {
  return createWorld(PLAN, clock.now, "test");
}

function assume(
  world: World,
  RoleArn: string,
  keys: SigningKeys = SAMPLE_KEYS.ana,
  extra: Record<string, string> = {},
): StsReply {
  return askSts(world, { Action: "AssumeRole", RoleArn, RoleSessionName: "tester", ...extra }, { keys });
}

function sessionToken(world: World, extra: Record<string, string> = {}): Required<SigningKeys> {
  return keysOf(askSts(world, { Action: "GetSessionToken", ...extra }));
}

function federationToken(world: World, extra: Record<string, string> = {}): Required<SigningKeys> {
  return keysOf(askSts(world, { Action: "GetFederationToken", Name: "visitor", ...extra }));
}

function code(world: World): string {
  return world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

test("AssumeRole leads over three accounts and each answer names who one has become", () => {
  const world = newWorld();
  const jump = assume(world, SAMPLE_ROLES.jump);
  expect(jump.field("Arn")).toBe("arn:aws:sts::111111111111:assumed-role/Jump/tester");
  expect(jump.field("AssumedRoleId")).toMatch(/^AROA[A-Z2-7]{17}:tester$/);
  expect(jump.field("Expiration")).toBe("2026-03-01T13:00:00Z");
  const hop2 = assume(world, SAMPLE_ROLES.hop2, keysOf(jump));
  const deploy = assume(world, SAMPLE_ROLES.deploy, keysOf(hop2));
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

interface RefusalCase {
  readonly ask: (world: World) => StsReply;
  readonly code: string;
  readonly message: string;
  readonly status?: number;
}

const notAuthorized = (arn: string, role: string) =>
  `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${role}`;
const violation = (value: string, place: string, constraint: string) =>
  `1 validation error detected: Value ${value} at '${place}' failed to satisfy constraint: ${constraint}`;
const ANA = "arn:aws:iam::111111111111:user/ana";
const VISITOR = "arn:aws:sts::111111111111:federated-user/visitor";
const CHAINING =
  "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";

const REFUSALS: Record<string, RefusalCase> = {
  "a role that lets nobody in": {
    ask: (world) => assume(world, SAMPLE_ROLES.closed),
    code: "AccessDenied",
    message: notAuthorized(ANA, SAMPLE_ROLES.closed),
    status: 403,
  },
  "a role that does not exist": {
    ask: (world) => assume(world, "arn:aws:iam::222222222222:role/Nowhere"),
    code: "AccessDenied",
    message: notAuthorized(ANA, "arn:aws:iam::222222222222:role/Nowhere"),
    status: 403,
  },
  "a role that trusts another role alone": {
    ask: (world) => assume(world, SAMPLE_ROLES.deploy, assumeJump(world)),
    code: "AccessDenied",
    message: notAuthorized("arn:aws:sts::111111111111:assumed-role/Jump/tester", SAMPLE_ROLES.deploy),
    status: 403,
  },
  "a role of another partition": {
    ask: (world) => assume(world, SAMPLE_ROLES.china),
    code: "AccessDenied",
    message: notAuthorized(ANA, SAMPLE_ROLES.china),
    status: 403,
  },
  "a role that wants an external id": {
    ask: (world) => assume(world, SAMPLE_ROLES.partner),
    code: "AccessDenied",
    message: notAuthorized(ANA, SAMPLE_ROLES.partner),
    status: 403,
  },
  "a wrong external id": {
    ask: (world) => assume(world, SAMPLE_ROLES.partner, SAMPLE_KEYS.ana, { ExternalId: "other" }),
    code: "AccessDenied",
    message: notAuthorized(ANA, SAMPLE_ROLES.partner),
    status: 403,
  },
  "a role that wants MFA": {
    ask: (world) => assume(world, SAMPLE_ROLES.guarded),
    code: "AccessDenied",
    message: notAuthorized(ANA, SAMPLE_ROLES.guarded),
    status: 403,
  },
  "a wrong MFA code": {
    ask: (world) => {
      const wrong = code(world) === "000000" ? "000001" : "000000";
      const mfa = { SerialNumber: SAMPLE_MFA.serialNumber, TokenCode: wrong };
      return assume(world, SAMPLE_ROLES.guarded, SAMPLE_KEYS.ana, mfa);
    },
    code: "AccessDenied",
    message: "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    status: 403,
  },
  "a serial number without a code": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.guarded, SAMPLE_KEYS.ana, { SerialNumber: SAMPLE_MFA.serialNumber }),
    code: "AccessDenied",
    message: "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    status: 403,
  },
  "somebody else's MFA device": {
    ask: (world) => {
      const mfa = { SerialNumber: "arn:aws:iam::111111111111:mfa/bob", TokenCode: code(world) };
      return assume(world, SAMPLE_ROLES.guarded, SAMPLE_KEYS.ana, mfa);
    },
    code: "AccessDenied",
    message:
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    status: 403,
  },
  "more than an hour for a role session": {
    ask: (world) => assume(world, SAMPLE_ROLES.hop2, assumeJump(world), { DurationSeconds: "3601" }),
    code: "ValidationError",
    message: CHAINING,
  },
  "more than an hour for a session token": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, sessionToken(world), { DurationSeconds: "7200" }),
    code: "ValidationError",
    message: CHAINING,
  },
  "more than the role allows": {
    ask: (world) => assume(world, SAMPLE_ROLES.reader, SAMPLE_KEYS.ana, { DurationSeconds: "3601" }),
    code: "ValidationError",
    message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  },
  "less than 15 minutes": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { DurationSeconds: "899" }),
    code: "ValidationError",
    message: violation("'899'", "durationSeconds", "Member must have value greater than or equal to 900"),
  },
  "more than 12 hours": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { DurationSeconds: "43201" }),
    code: "ValidationError",
    message: violation("'43201'", "durationSeconds", "Member must have value less than or equal to 43200"),
  },
  "a session name with a space": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { RoleSessionName: "my name" }),
    code: "ValidationError",
    message: violation(
      "'my name'",
      "roleSessionName",
      "Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ),
  },
  "a session name of one letter": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { RoleSessionName: "x" }),
    code: "ValidationError",
    message: violation("'x'", "roleSessionName", "Member must have length greater than or equal to 2"),
  },
  "a request without a role": {
    ask: (world) => askSts(world, { Action: "AssumeRole", RoleSessionName: "tester" }),
    code: "ValidationError",
    message: violation("null", "roleArn", "Member must not be null"),
  },
  "an ARN that is not a role's": {
    ask: (world) => assume(world, "arn:aws:iam::111111111111:user/ana"),
    code: "ValidationError",
    message: "arn:aws:iam::111111111111:user/ana is invalid",
  },
  "a policy that is no JSON": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { Policy: "{" }),
    code: "MalformedPolicyDocument",
    message: "Syntax errors in policy.",
  },
  "a policy ARN of another partition": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, {
        "PolicyArns.member.1.arn": "arn:aws-cn:iam::aws:policy/AdministratorAccess",
      }),
    code: "ValidationError",
    message: "ARN arn:aws-cn:iam::aws:policy/AdministratorAccess is not valid.",
  },
  "a policy ARN under a name in the wrong case": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { "PolicyArns.member.1.Arn": ADMINISTRATOR }),
    code: "InvalidQueryParameter",
    message: "The parameter PolicyArns.member.1.Arn is not known or repeated",
  },
  "a list that does not begin with 1": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { "PolicyArns.member.2.arn": ADMINISTRATOR }),
    code: "ValidationError",
    message: violation("null", "policyArns.1.member", "Member must not be null"),
  },
  "a tag without a value": {
    ask: (world) => assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { "Tags.member.1.Key": "team" }),
    code: "ValidationError",
    message: violation("null", "tags.1.member.value", "Member must not be null"),
  },
  "a transitive key that is no tag": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.jump, SAMPLE_KEYS.ana, { "TransitiveTagKeys.member.1": "team" }),
    code: "InvalidParameterValue",
    message: "The specified transitive tag key must be included in the requested tags.",
  },
  "a source identity that the role denies": {
    ask: (world) => assume(world, SAMPLE_ROLES.reader, SAMPLE_KEYS.ana, { SourceIdentity: "ana" }),
    code: "AccessDenied",
    message: `User: ${ANA} is not authorized to perform: sts:SetSourceIdentity on resource: ${SAMPLE_ROLES.reader}`,
    status: 403,
  },
  "a source identity other than the caller's own": {
    ask: (world) =>
      assume(world, SAMPLE_ROLES.hop2, assumeJump(world, { SourceIdentity: "ana" }), {
        SourceIdentity: "bob",
      }),
    code: "AccessDenied",
    message: `User: arn:aws:sts::111111111111:assumed-role/Jump/tester is not authorized to perform: sts:SetSourceIdentity on resource: ${SAMPLE_ROLES.hop2}`,
    status: 403,
  },
  "a role for the root user": {
    ask: (world) => assume(world, SAMPLE_ROLES.ring, ROOT_KEY),
    code: "AccessDenied",
    message: "Roles may not be assumed by root accounts.",
    status: 403,
  },
  "a role for a federated user": {
    ask: (world) => assume(world, SAMPLE_ROLES.ring, federationToken(world)),
    code: "AccessDenied",
    message: notAuthorized(VISITOR, SAMPLE_ROLES.ring),
    status: 403,
  },
  "a session token for temporary keys": {
    ask: (world) => askSts(world, { Action: "GetSessionToken" }, { keys: assumeJump(world) }),
    code: "AccessDenied",
    message: "Cannot call GetSessionToken with session credentials",
    status: 403,
  },
  "a federation token for temporary keys": {
    ask: (world) =>
      askSts(world, { Action: "GetFederationToken", Name: "visitor" }, { keys: sessionToken(world) }),
    code: "AccessDenied",
    message: "Cannot call GetFederationToken with session credentials",
    status: 403,
  },
  "a federation token for more than 36 hours": {
    ask: (world) =>
      askSts(world, { Action: "GetFederationToken", Name: "visitor", DurationSeconds: "129601" }),
    code: "ValidationError",
    message: violation("'129601'", "durationSeconds", "Member must have value less than or equal to 129600"),
  },
  "an operation that does not exist": {
    ask: (world) => askSts(world, { Action: "AssumeRoll" }),
    code: "InvalidAction",
    message: "Could not find operation AssumeRoll for version 2011-06-15",
  },
  "another version": {
    ask: (world) => askSts(world, { Action: "GetCallerIdentity", Version: "2010-05-08" }),
    code: "InvalidAction",
    message: "Could not find operation GetCallerIdentity for version 2010-05-08",
  },
  "a request without an action": {
    ask: (world) => askSts(world, {}),
    code: "MissingAction",
    message: "The request must contain the parameter Action",
  },
  "a parameter that is given to an operation without any": {
    ask: (world) => askSts(world, { Action: "GetCallerIdentity", DurationSeconds: "900" }),
    code: "InvalidQueryParameter",
    message: "The parameter DurationSeconds is not known or repeated",
  },
};

for (const [name, refusal] of Object.entries(REFUSALS)) {
  test(`sts refuses ${name}`, () => {
    const reply = refusal.ask(newWorld());
    expect(reply.field("Code")).toBe(refusal.code);
    expect(reply.field("Message")).toBe(refusal.message);
    expect(reply.status).toBe(refusal.status ?? 400);
  });
}

const SHAPES: Record<string, { change: (call: Call) => Call; status: number }> = {
  GET: { change: (call) => ({ ...call, method: "GET" }), status: 405 },
  "a JSON body": {
    change: (call) => ({ ...call, headers: [["Content-Type", "application/json"]] }),
    status: 404,
  },
  "a path at a real host": { change: (call) => ({ ...call, path: "/sts" }), status: 404 },
};

for (const [name, { change, status }] of Object.entries(SHAPES)) {
  test(`sts does not answer ${name}`, () => {
    expect(askSts(newWorld(), { Action: "GetCallerIdentity" }, { tamper: change }).status).toBe(status);
  });
}

test("AssumeRole gives a role session exactly the hour it may have", () => {
  const world = newWorld();
  const reply = assume(world, SAMPLE_ROLES.hop2, assumeJump(world), { DurationSeconds: "3600" });
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
  expect(assume(world, SAMPLE_ROLES.hop2, keys).field("SourceIdentity")).toBe("ana");
  const again = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "other" };
  expect(assume(world, SAMPLE_ROLES.hop2, keys, again).field("Code")).toBe("InvalidParameterValue");
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

test("sts refuses a parameter that is repeated", () => {
  const world = newWorld();
  const host = "sts.us-east-1.amazonaws.com";
  const body = "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900&DurationSeconds=3600";
  const headers = signedHeaders({ url: `https://${host}/`, body, keys: SAMPLE_KEYS.ana, now: NOON });
  const { reply } = sts(postCall(host, "/", body, Object.entries(headers)), world);
  expect(stsReply(reply).field("Message")).toBe("The parameter DurationSeconds is not known or repeated");
});
