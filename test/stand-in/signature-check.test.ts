import { expect, test } from "bun:test";
import type { Header } from "./http/message.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import type { Call } from "./service.ts";
import { type AskOptions, askSts, assumeJump } from "./support/ask.ts";
import { MINUTE, NOON, testClock } from "./support/clock.ts";
import { createWorld, type World } from "./world/world.ts";

const WHO = { Action: "GetCallerIdentity" };

function sampleWorld(clock = testClock()): World {
  return createWorld(SAMPLE_WORLD, clock.now, "test");
}

function withHeader(name: string, change: (value: string) => string | undefined): (call: Call) => Call {
  return (call) => ({
    ...call,
    headers: call.headers.flatMap(([given, value]): Header[] => {
      const changed = given === name ? change(value) : value;
      return changed === undefined ? [] : [[given, changed]];
    }),
  });
}

interface RefusalCase {
  readonly options: (world: World) => AskOptions;
  readonly status: number;
  readonly code: string;
  readonly message: RegExp;
}

const REFUSALS: Record<string, RefusalCase> = {
  "an unsigned request": {
    options: () => ({ tamper: withHeader("authorization", () => undefined) }),
    status: 403,
    code: "MissingAuthenticationToken",
    message: /missing Authentication Token/,
  },
  "an Authorization header without a signature": {
    options: () => ({ tamper: withHeader("authorization", (value) => value.replace(/, Signature=.*/, "")) }),
    status: 400,
    code: "IncompleteSignature",
    message: /requires 'Signature' parameter/,
  },
  "an Authorization header of another kind": {
    options: () => ({ tamper: withHeader("authorization", () => "Bearer x") }),
    status: 400,
    code: "IncompleteSignature",
    message: /AWS4-HMAC-SHA256/,
  },
  "a credential with a part missing": {
    options: () => ({ tamper: withHeader("authorization", (value) => value.replace("/sts/", "/")) }),
    status: 400,
    code: "IncompleteSignature",
    message: /5 slash-delimited elements/,
  },
  "a request without a date": {
    options: () => ({ tamper: withHeader("x-amz-date", () => undefined) }),
    status: 400,
    code: "IncompleteSignature",
    message: /existence of either a 'X-Amz-Date'/,
  },
  "an unknown key": {
    options: () => ({ keys: { accessKeyId: "AKIAUNKNOWNUNKNOWN22", secretAccessKey: "x" } }),
    status: 403,
    code: "InvalidClientTokenId",
    message: /token included in the request is invalid/,
  },
  "a key of China at a host of the rest of the world": {
    options: () => ({ keys: SAMPLE_KEYS.mei }),
    status: 403,
    code: "InvalidClientTokenId",
    message: /token included in the request is invalid/,
  },
  "a wrong secret": {
    options: () => ({ keys: { ...SAMPLE_KEYS.ana, secretAccessKey: "wrong" } }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /^The request signature we calculated does not match/,
  },
  "a body that was changed on its way": {
    options: () => ({
      tamper: (call) => ({ ...call, body: Buffer.from(`${Buffer.from(call.body).toString()}&`) }),
    }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /^The request signature we calculated/,
  },
  "a content type that was changed on its way": {
    options: () => ({ tamper: withHeader("content-type", () => "application/x-www-form-urlencoded") }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /^The request signature we calculated/,
  },
  "a host that was changed on its way": {
    options: () => ({ tamper: withHeader("host", () => "sts.us-east-1.amazonaws.com:444") }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /^The request signature we calculated/,
  },
  "another session's token": {
    options: (world) => ({
      keys: { ...assumeJump(world), sessionToken: assumeJump(world).sessionToken },
    }),
    status: 403,
    code: "InvalidClientTokenId",
    message: /token included in the request is invalid/,
  },
  "temporary keys without their token": {
    options: (world) => {
      const { accessKeyId, secretAccessKey } = assumeJump(world);
      return { keys: { accessKeyId, secretAccessKey } };
    },
    status: 403,
    code: "InvalidClientTokenId",
    message: /token included in the request is invalid/,
  },
  "long-term keys with a token": {
    options: () => ({ keys: { ...SAMPLE_KEYS.ana, sessionToken: "token" } }),
    status: 403,
    code: "InvalidClientTokenId",
    message: /token included in the request is invalid/,
  },
  "a token that was not signed": {
    options: (world) => ({
      keys: assumeJump(world),
      tamper: withHeader("authorization", (value) => value.replace(";x-amz-security-token", "")),
    }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /'x-amz-security-token' must be a 'SignedHeader'/,
  },
  "a host that was not signed": {
    options: () => ({ tamper: withHeader("authorization", (value) => value.replace("host;", "")) }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /'Host' or ':authority' must be a 'SignedHeader'/,
  },
  "a content type that was not signed": {
    options: () => ({ tamper: withHeader("authorization", (value) => value.replace("content-type;", "")) }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /'content-type' must be a 'SignedHeader'/,
  },
  "a header of AWS's own that was not signed": {
    options: () => ({
      tamper: (call) => ({ ...call, headers: [...call.headers, ["X-Amz-Target", "x"]] }),
    }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /'x-amz-target' must be a 'SignedHeader'/,
  },
  "the scope of another region": {
    options: () => ({ region: "eu-west-1" }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /scoped to a valid region, not 'eu-west-1'/,
  },
  "the scope of another service": {
    options: () => ({ tamper: withHeader("authorization", (value) => value.replace("/sts/", "/iam/")) }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /scoped to correct service: 'sts'/,
  },
  "the scope of another day": {
    options: () => ({
      tamper: withHeader("authorization", (value) => value.replace("/20260301/", "/20260228/")),
    }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /'20260228' != '20260301', from '20260301T120000Z'/,
  },
  "a clock that is 16 minutes slow": {
    options: () => ({ signedAt: NOON - 16 * MINUTE }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message:
      /^Signature expired: 20260301T114400Z is now earlier than 20260301T114500Z \(20260301T120000Z - 15 min\.\)$/,
  },
  "a clock that is 16 minutes fast": {
    options: () => ({ signedAt: NOON + 16 * MINUTE }),
    status: 403,
    code: "SignatureDoesNotMatch",
    message:
      /^Signature not yet current: 20260301T121600Z is still later than 20260301T121500Z \(20260301T120000Z \+ 15 min\.\)$/,
  },
};

for (const [name, refusal] of Object.entries(REFUSALS)) {
  test(`verifySignature refuses ${name}`, () => {
    const world = sampleWorld();
    const reply = askSts(world, WHO, refusal.options(world));
    expect(reply.field("Code")).toBe(refusal.code);
    expect(reply.field("Message")).toMatch(refusal.message);
    expect(reply.status).toBe(refusal.status);
  });
}

test("verifySignature repeats the canonical request and the token in it, as AWS does", () => {
  const world = sampleWorld();
  const keys = assumeJump(world);
  const reply = askSts(world, WHO, { keys: { ...keys, secretAccessKey: "wrong" } });
  expect(reply.field("Message")).toContain(`x-amz-security-token:${keys.sessionToken}\n`);
  expect(reply.field("Message")).toContain("The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n");
});

test("verifySignature admits clocks that are less than 15 minutes off", () => {
  const world = sampleWorld();
  expect(askSts(world, WHO, { signedAt: NOON - 15 * MINUTE }).status).toBe(200);
  expect(askSts(world, WHO, { signedAt: NOON + 15 * MINUTE }).status).toBe(200);
});

test("verifySignature admits temporary keys until their end and says ExpiredToken from then on", () => {
  const clock = testClock();
  const world = sampleWorld(clock);
  const keys = assumeJump(world, { DurationSeconds: "900" });
  clock.move(15 * MINUTE - 1);
  expect(askSts(world, WHO, { keys }).status).toBe(200);
  clock.move(1);
  const reply = askSts(world, WHO, { keys });
  expect(reply.status).toBe(403);
  expect(reply.field("Code")).toBe("ExpiredToken");
});

test("verifySignature refuses a key that was switched off", () => {
  const key = { accessKeyId: "AKIAOFFOFFOFFOFFOFF2", secretAccessKey: "off", active: false };
  const world = createWorld(
    { users: [{ account: "111111111111", name: "off", keys: [key] }] },
    () => NOON,
    "test",
  );
  expect(askSts(world, WHO, { keys: key }).field("Code")).toBe("InvalidClientTokenId");
});

const HOSTS = {
  "the global host": { host: "sts.amazonaws.com", region: "us-east-1", keys: SAMPLE_KEYS.ana },
  "a FIPS host": { host: "sts-fips.us-east-2.amazonaws.com", region: "us-east-2", keys: SAMPLE_KEYS.ana },
  "a dual-stack host": { host: "sts.eu-west-1.api.aws", region: "eu-west-1", keys: SAMPLE_KEYS.ana },
  "a host in China": { host: "sts.cn-north-1.amazonaws.com.cn", region: "cn-north-1", keys: SAMPLE_KEYS.mei },
  "a host in GovCloud": {
    host: "sts.us-gov-west-1.amazonaws.com",
    region: "us-gov-west-1",
    keys: SAMPLE_KEYS.gus,
  },
  "a host of the European sovereign cloud": {
    host: "sts.eusc-de-east-1.amazonaws.eu",
    region: "eusc-de-east-1",
    keys: SAMPLE_KEYS.eva,
  },
};

for (const [name, options] of Object.entries(HOSTS)) {
  test(`verifySignature admits a request to ${name}`, () => {
    expect(askSts(sampleWorld(), WHO, options).status).toBe(200);
  });
}

test("verifySignature tells the partition from the region where no real host was asked", () => {
  const direct = (call: Call): Call => ({ ...call, host: undefined });
  const world = sampleWorld();
  expect(askSts(world, WHO, { keys: SAMPLE_KEYS.mei, region: "cn-north-1", tamper: direct }).status).toBe(
    200,
  );
  const reply = askSts(world, WHO, { keys: SAMPLE_KEYS.mei, region: "eu-west-1", tamper: direct });
  expect(reply.field("Code")).toBe("InvalidClientTokenId");
});

test("sts shows the ARN of an assumed role without the role's path", () => {
  const world = sampleWorld();
  const step = { Action: "AssumeRole", RoleArn: SAMPLE_ROLES.relay, RoleSessionName: "tester" };
  const reply = askSts(world, step, { keys: assumeJump(world) });
  expect(reply.field("Arn")).toBe("arn:aws:sts::222222222222:assumed-role/Relay/tester");
});
