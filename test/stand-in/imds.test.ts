import { expect, test } from "bun:test";
import type { Header } from "./http/message.ts";
import { imds } from "./imds/imds.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { askSts } from "./support/ask.ts";
import { MINUTE, testClock } from "./support/clock.ts";
import type { InstancePlan } from "./world/plan.ts";
import { createWorld, type World } from "./world/world.ts";

const TOKEN = "/latest/api/token";
const LIST = "/latest/meta-data/iam/security-credentials/";
const EXTENDED = "/latest/meta-data/iam/security-credentials-extended/";
const MACHINE: InstancePlan = { role: SAMPLE_ROLES.machine, region: "eu-west-1" };

function newWorld(instance: InstancePlan = MACHINE, clock = testClock()): World {
  return createWorld({ ...SAMPLE_WORLD, instance }, clock.now, "test");
}

function ask(world: World, method: string, path: string, headers: readonly Header[] = []) {
  const call = { method, path, query: "", headers, body: new Uint8Array(0), host: undefined };
  const { reply } = imds(call, world);
  return { status: reply.status, text: Buffer.from(reply.body).toString(), headers: reply.headers };
}

function token(world: World, ttl = "21600"): string {
  return ask(world, "PUT", TOKEN, [["X-aws-ec2-metadata-token-ttl-seconds", ttl]]).text;
}

function get(world: World, path: string, value = token(world)) {
  return ask(world, "GET", path, [["x-aws-ec2-metadata-token", value]]);
}

function credentials(world: World, path = `${LIST}Machine`): Record<string, unknown> {
  const value: unknown = JSON.parse(get(world, path).text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

test("imds gives a token and repeats how long it lives", () => {
  const world = newWorld();
  const reply = ask(world, "PUT", TOKEN, [["x-aws-ec2-metadata-token-ttl-seconds", "300"]]);
  expect(reply.status).toBe(200);
  expect(reply.headers).toContainEqual(["X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "300"]);
});

const BAD_TOKENS: Record<string, { headers: readonly Header[]; status: number }> = {
  "no time to live": { headers: [], status: 400 },
  "a time to live of zero": { headers: [["x-aws-ec2-metadata-token-ttl-seconds", "0"]], status: 400 },
  "a time to live over six hours": {
    headers: [["x-aws-ec2-metadata-token-ttl-seconds", "21601"]],
    status: 400,
  },
  "a time to live that is no number": {
    headers: [["x-aws-ec2-metadata-token-ttl-seconds", "long"]],
    status: 400,
  },
  "a sign of a proxy": {
    headers: [
      ["x-aws-ec2-metadata-token-ttl-seconds", "300"],
      ["X-Forwarded-For", "10.0.0.1"],
    ],
    status: 403,
  },
};

for (const [name, { headers, status }] of Object.entries(BAD_TOKENS)) {
  test(`imds gives no token to a request with ${name}`, () => {
    expect(ask(newWorld(), "PUT", TOKEN, headers).status).toBe(status);
  });
}

test("imds responds with nothing without a token, with a made-up one, or with one that has ended", () => {
  const clock = testClock();
  const world = newWorld(MACHINE, clock);
  const value = token(world, "60");
  expect(ask(world, "GET", LIST).status).toBe(401);
  expect(get(world, LIST, "made-up").status).toBe(401);
  expect(get(world, LIST, value).status).toBe(200);
  clock.move(MINUTE);
  expect(get(world, LIST, value).status).toBe(401);
});

test("imds names the role and gives keys that STS knows", () => {
  const world = newWorld();
  expect(get(world, LIST).text).toBe("Machine");
  const document = credentials(world);
  expect(Object.keys(document)).toEqual([
    "Code",
    "LastUpdated",
    "Type",
    "AccessKeyId",
    "SecretAccessKey",
    "Token",
    "Expiration",
  ]);
  const keys = {
    accessKeyId: String(document.AccessKeyId),
    secretAccessKey: String(document.SecretAccessKey),
    sessionToken: String(document.Token),
  };
  const who = askSts(world, { Action: "GetCallerIdentity" }, { keys });
  expect(who.field("Arn")).toBe("arn:aws:sts::111111111111:assumed-role/Machine/i-0123456789abcdef0");
  const step = { Action: "AssumeRole", RoleArn: SAMPLE_ROLES.jump, RoleSessionName: "tester" };
  expect(askSts(world, step, { keys }).status).toBe(200);
  expect(askSts(world, { ...step, DurationSeconds: "7200" }, { keys }).field("Message")).toContain(
    "role chaining",
  );
});

test("imds gives the same keys until shortly before their end", () => {
  const clock = testClock();
  const world = newWorld(MACHINE, clock);
  const first = credentials(world);
  clock.move(5 * 60 * MINUTE);
  expect(credentials(world).AccessKeyId).toBe(first.AccessKeyId);
  clock.move(55 * MINUTE);
  expect(credentials(world).AccessKeyId).not.toBe(first.AccessKeyId);
});

test("imds serves the extended path only where it is enabled, with the account", () => {
  expect(get(newWorld(), EXTENDED).status).toBe(404);
  expect(get(newWorld(), `${EXTENDED}Machine`).status).toBe(404);
  const world = newWorld({ ...MACHINE, extended: true });
  expect(get(world, EXTENDED).text).toBe("Machine");
  expect(credentials(world, `${EXTENDED}Machine`).AccountId).toBe("111111111111");
});

test("imds tells where the machine stands", () => {
  const world = newWorld();
  expect(get(world, "/latest/meta-data/placement/region").text).toBe("eu-west-1");
  expect(get(world, "/latest/meta-data/placement/availability-zone/").text).toBe("eu-west-1a");
  expect(get(world, "/latest/dynamic/instance-identity/document").text).toContain('"region":"eu-west-1"');
});

const STATES: Record<string, { instance: InstancePlan; path: string; status: number }> = {
  "a machine without a role": { instance: { region: "eu-west-1" }, path: LIST, status: 404 },
  "another role's credentials": { instance: MACHINE, path: `${LIST}Other`, status: 404 },
  "a path that does not exist": { instance: MACHINE, path: "/latest/meta-data/nothing", status: 404 },
};

for (const [name, { instance, path, status }] of Object.entries(STATES)) {
  test(`imds answers ${status} for ${name}`, () => {
    expect(get(newWorld(instance), path).status).toBe(status);
  });
}

test("imds responds to everything with 403 when it is disabled", () => {
  const world = newWorld({ ...MACHINE, disabled: true });
  expect(ask(world, "PUT", TOKEN, [["x-aws-ec2-metadata-token-ttl-seconds", "300"]]).status).toBe(403);
});

test("imds can serve an error with status 200", () => {
  const document = credentials(newWorld({ ...MACHINE, trouble: "unauthorized" }));
  expect(document.Code).toBe("AssumeRoleUnauthorizedAccess");
  expect(document.AccessKeyId).toBeUndefined();
});

test("imds can serve keys that are past their Expiration and still work", () => {
  const world = newWorld({ ...MACHINE, trouble: "expired" });
  const document = credentials(world);
  expect(Date.parse(String(document.Expiration))).toBeLessThan(world.now());
  const keys = {
    accessKeyId: String(document.AccessKeyId),
    secretAccessKey: String(document.SecretAccessKey),
    sessionToken: String(document.Token),
  };
  expect(askSts(world, { Action: "GetCallerIdentity" }, { keys }).status).toBe(200);
});
