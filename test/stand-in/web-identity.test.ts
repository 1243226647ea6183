import { describe, expect, test } from "bun:test";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { sts } from "./sts/sts.ts";
import { askSts, keysOf, postCall, type StsReply, stsReply } from "./support/ask.ts";
import { testClock } from "./support/clock.ts";
import { createWorld, type World } from "./world/world.ts";

const roles = [SAMPLE_ROLES.ring];
const clock = testClock();

function newWorld(): World {
  const webIdentities = [
    { token: "good.token", roles },
    { token: "old.token", roles, expired: true },
  ];
  return createWorld({ ...SAMPLE_WORLD, webIdentities }, clock.now, "test");
}

function ask(
  world: World,
  parameters: Record<string, string> = {},
  headers: readonly (readonly [string, string])[] = [],
): StsReply {
  const body = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: SAMPLE_ROLES.ring,
    RoleSessionName: "tester",
    WebIdentityToken: "good.token",
    ...parameters,
  });
  const type = ["content-type", "application/x-www-form-urlencoded"] as const;
  const call = postCall("sts.us-east-1.amazonaws.com", "/", body.toString(), [type, ...headers]);
  return stsReply(sts(call, world).reply);
}

describe("AssumeRoleWithWebIdentity", () => {
  test("AssumeRoleWithWebIdentity gives an hour of the role for the token", () => {
    const world = newWorld();
    const reply = ask(world);
    expect(reply.status).toBe(200);
    expect(reply.field("Arn")).toBe("arn:aws:sts::111111111111:assumed-role/Ring/tester");
    const keys = keysOf(reply);
    expect(world.session(keys.accessKeyId)).toMatchObject({
      kind: "role",
      expiration: clock.now() + 3_600_000,
    });
    const caller = askSts(world, { Action: "GetCallerIdentity" }, { keys });
    expect(caller.field("Arn")).toBe("arn:aws:sts::111111111111:assumed-role/Ring/tester");
  });

  const refusals: Record<string, [parameters: Record<string, string>, status: number, code: string]> = {
    "an unknown token": [{ WebIdentityToken: "bad.token" }, 400, "InvalidIdentityToken"],
    "a token with a line end": [{ WebIdentityToken: "good.token\n" }, 400, "InvalidIdentityToken"],
    "a token whose time is over": [{ WebIdentityToken: "old.token" }, 400, "ExpiredTokenException"],
    "a role that the token does not open": [{ RoleArn: SAMPLE_ROLES.jump }, 403, "AccessDenied"],
    "more seconds than the role allows": [{ DurationSeconds: "3601" }, 400, "ValidationError"],
    "a bad session name": [{ RoleSessionName: "a b" }, 400, "ValidationError"],
    "a parameter of AssumeRole": [{ ExternalId: "x1" }, 400, "InvalidQueryParameter"],
  };
  for (const [sentence, [parameters, status, code]] of Object.entries(refusals)) {
    test(`AssumeRoleWithWebIdentity refuses ${sentence}`, () => {
      const reply = ask(newWorld(), parameters);
      expect([reply.status, reply.field("Code")]).toEqual([status, code]);
    });
  }

  for (const name of ["authorization", "x-amz-security-token"]) {
    test(`AssumeRoleWithWebIdentity refuses a request with the header ${name}`, () => {
      expect(ask(newWorld(), {}, [[name, "x"]]).field("Message")).toContain(name);
    });
  }
});
