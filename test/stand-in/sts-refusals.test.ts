import { expect, test } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "./sample-world.ts";
import type { Call } from "./service.ts";
import { sts } from "./sts/sts.ts";
import { askSts, assumeJump, postCall, type StsReply, stsReply } from "./support/ask.ts";
import { NOON } from "./support/clock.ts";
import { signedHeaders } from "./support/sign.ts";
import {
  ADMINISTRATOR,
  assume,
  code,
  federationToken,
  newWorld,
  ROOT_KEY,
  sessionToken,
} from "./support/sts-world.ts";
import type { World } from "./world/world.ts";

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
  "a role that trusts no caller": {
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
  "another user's MFA device": {
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
    ask: (world) => assume(world, SAMPLE_ROLES.relay, assumeJump(world), { DurationSeconds: "3601" }),
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
      assume(world, SAMPLE_ROLES.relay, assumeJump(world, { SourceIdentity: "ana" }), {
        SourceIdentity: "bob",
      }),
    code: "AccessDenied",
    message: `User: arn:aws:sts::111111111111:assumed-role/Jump/tester is not authorized to perform: sts:SetSourceIdentity on resource: ${SAMPLE_ROLES.relay}`,
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

test("sts refuses a parameter that is repeated", () => {
  const world = newWorld();
  const host = "sts.us-east-1.amazonaws.com";
  const body = "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900&DurationSeconds=3600";
  const headers = signedHeaders({ url: `https://${host}/`, body, keys: SAMPLE_KEYS.ana, now: NOON });
  const { reply } = sts(postCall(host, "/", body, Object.entries(headers)), world);
  expect(stsReply(reply).field("Message")).toBe("The parameter DurationSeconds is not known or repeated");
});
