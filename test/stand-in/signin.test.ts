import { expect, test } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { signin } from "./signin/federation.ts";
import { askSts, assumeJump, keysOf, postCall } from "./support/ask.ts";
import { MINUTE, testClock } from "./support/clock.ts";
import type { SigningKeys } from "./support/sign.ts";
import { createWorld, type World } from "./world/world.ts";

const HOST = "signin.aws.amazon.com";
const CONSOLE = "https://console.aws.amazon.com/console/home?region=us-east-1";

interface PageReply {
  readonly status: number;
  readonly text: string;
  readonly caller: string | undefined;
}

function newWorld(clock = testClock()): World {
  return createWorld(SAMPLE_WORLD, clock.now, "test");
}

function get(world: World, parameters: Record<string, string>, host = HOST): PageReply {
  const query = new URLSearchParams(parameters).toString();
  const call = { ...postCall(host, "/federation", "", []), method: "GET", query };
  return page(signin(call, world));
}

function post(world: World, parameters: Record<string, string>): PageReply {
  const body = new URLSearchParams(parameters).toString();
  const type = ["Content-Type", "application/x-www-form-urlencoded"] as const;
  return page(signin(postCall(HOST, "/federation", body, [type]), world));
}

function page({ reply, caller }: ReturnType<typeof signin>): PageReply {
  return { status: reply.status, text: Buffer.from(reply.body).toString(), caller };
}

function session(keys: SigningKeys): string {
  return JSON.stringify({
    sessionId: keys.accessKeyId,
    sessionKey: keys.secretAccessKey,
    sessionToken: keys.sessionToken,
  });
}

function getToken(
  world: World,
  keys: SigningKeys,
  extra: Record<string, string> = {},
  host = HOST,
): PageReply {
  return get(world, { Action: "getSigninToken", Session: session(keys), ...extra }, host);
}

function tokenIn(reply: PageReply): string {
  const value: unknown = JSON.parse(reply.text);
  if (typeof value === "object" && value !== null && "SigninToken" in value) return String(value.SigninToken);
  throw new Error(`no token in: ${reply.text}`);
}

function login(world: World, SigninToken: string, Destination = CONSOLE, host = HOST): PageReply {
  return get(world, { Action: "login", Issuer: "", Destination, SigninToken }, host);
}

function chained(world: World): SigningKeys {
  const step = { Action: "AssumeRole", RoleArn: SAMPLE_ROLES.relay, RoleSessionName: "tester" };
  return keysOf(askSts(world, step, { keys: assumeJump(world) }));
}

function federated(world: World, extra: Record<string, string> = {}): SigningKeys {
  return keysOf(askSts(world, { Action: "GetFederationToken", Name: "visitor", ...extra }));
}

for (const [name, ask] of Object.entries({ GET: get, POST: post })) {
  test(`getSigninToken gives a long token to an assumed role by ${name}`, () => {
    const world = newWorld();
    const reply = ask(world, { Action: "getSigninToken", Session: session(assumeJump(world)) });
    expect(reply.status).toBe(200);
    expect(reply.caller).toBe("arn:aws:sts::111111111111:assumed-role/Jump/tester");
    expect(tokenIn(reply).length).toBeGreaterThan(800);
  });
}

test("login shows who one has become", () => {
  const world = newWorld();
  const reply = login(world, tokenIn(getToken(world, assumeJump(world))));
  expect(reply.status).toBe(200);
  expect(reply.text).toContain("Signed in as arn:aws:sts::111111111111:assumed-role/Jump/tester");
});

test("getSigninToken takes a session duration for a role assumed with long-term keys", () => {
  const world = newWorld();
  const keys = assumeJump(world);
  for (const SessionDuration of ["900", "43200"]) {
    expect(getToken(world, keys, { SessionDuration }).status).toBe(200);
  }
  for (const SessionDuration of ["899", "43201", "an hour"]) {
    const reply = getToken(world, keys, { SessionDuration });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("Invalid SessionDuration parameter");
  }
});

const NO_DURATION = { "a chained role": chained, "a federated user": federated };

for (const [name, keysFor] of Object.entries(NO_DURATION)) {
  test(`getSigninToken admits ${name}, but not with a session duration`, () => {
    const world = newWorld();
    const keys = keysFor(world);
    expect(getToken(world, keys).status).toBe(200);
    const reply = getToken(world, keys, { SessionDuration: "900" });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("Invalid credentials parameter");
  });
}

test("login says when a federated user was given no policy and so may do nothing", () => {
  const world = newWorld();
  const policy = { "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/AdministratorAccess" };
  const shown = (keys: SigningKeys) => login(world, tokenIn(getToken(world, keys))).text;
  expect(shown(federated(world))).toContain("without any permission");
  expect(shown(federated(world, policy))).not.toContain("without any permission");
});

const REFUSED: Record<string, { keys: (world: World) => SigningKeys; extra?: Record<string, string> }> = {
  "long-term keys": { keys: () => SAMPLE_KEYS.ana },
  "long-term keys with an empty token": { keys: () => ({ ...SAMPLE_KEYS.ana, sessionToken: "" }) },
  "the keys of GetSessionToken": { keys: (world) => keysOf(askSts(world, { Action: "GetSessionToken" })) },
  "a wrong secret": { keys: (world) => ({ ...assumeJump(world), secretAccessKey: "wrong" }) },
  "another session's token": {
    keys: (world) => ({ ...assumeJump(world), sessionToken: assumeJump(world).sessionToken }),
  },
  "an unknown key": { keys: (world) => ({ ...assumeJump(world), accessKeyId: "ASIAUNKNOWN" }) },
  "the parameter DurationSeconds": { keys: assumeJump, extra: { DurationSeconds: "3600" } },
  "a session with a member too many": {
    keys: assumeJump,
    extra: { Session: '{"sessionId":"a","sessionKey":"b","sessionToken":"c","region":"d"}' },
  },
  "a session that is no JSON": { keys: assumeJump, extra: { Session: "{" } },
};

for (const [name, { keys, extra }] of Object.entries(REFUSED)) {
  test(`getSigninToken refuses ${name}`, () => {
    const world = newWorld();
    expect(getToken(world, keys(world), extra).status).toBe(400);
  });
}

test("getSigninToken refuses keys that have expired", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const keys = assumeJump(world);
  clock.move(60 * MINUTE);
  expect(getToken(world, keys).status).toBe(400);
});

test("getSigninToken refuses keys of another partition than the host's", () => {
  const world = newWorld();
  const keys = assumeJump(world);
  expect(getToken(world, keys, {}, "signin.amazonaws.cn").status).toBe(400);
});

const PARTITIONS = {
  "aws-cn": {
    keys: SAMPLE_KEYS.mei,
    role: SAMPLE_ROLES.china,
    sts: "sts.cn-north-1.amazonaws.com.cn",
    region: "cn-north-1",
    domain: "amazonaws.cn",
  },
  "aws-us-gov": {
    keys: SAMPLE_KEYS.gus,
    role: SAMPLE_ROLES.gov,
    sts: "sts.us-gov-west-1.amazonaws.com",
    region: "us-gov-west-1",
    domain: "amazonaws-us-gov.com",
  },
  "aws-eusc": {
    keys: SAMPLE_KEYS.eva,
    role: SAMPLE_ROLES.europe,
    sts: "sts.eusc-de-east-1.amazonaws.eu",
    region: "eusc-de-east-1",
    domain: "amazonaws-eusc.eu",
  },
};

for (const [name, { keys, role, sts, region, domain }] of Object.entries(PARTITIONS)) {
  test(`signin leads to the console of ${name} and to no other`, () => {
    const world = newWorld();
    const asked = { Action: "AssumeRole", RoleArn: role, RoleSessionName: "tester" };
    const temporary = keysOf(askSts(world, asked, { keys, host: sts, region }));
    const host = `signin.${domain}`;
    const token = tokenIn(getToken(world, temporary, {}, host));
    expect(login(world, token, `https://console.${domain}/s3/home`, host).status).toBe(200);
    expect(login(world, token, CONSOLE, host).text).toContain("Invalid Destination parameter");
    expect(login(world, token, CONSOLE).text).toContain("Invalid SigninToken parameter");
  });
}

const DESTINATIONS = {
  "another site": "https://example.com/",
  "a site that looks like the console": "https://console.aws.amazon.com.example.com/",
  "the console without TLS": "http://console.aws.amazon.com/",
  "the console on another port": "https://console.aws.amazon.com:444/",
  "a user name before the host": "https://ana@console.aws.amazon.com/",
  "the sign-in host": "https://signin.aws.amazon.com/",
  nothing: "",
};

for (const [name, destination] of Object.entries(DESTINATIONS)) {
  test(`login refuses as destination ${name}`, () => {
    const world = newWorld();
    const reply = login(world, tokenIn(getToken(world, assumeJump(world))), destination);
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("Invalid Destination parameter");
  });
}

test("login takes a token for 15 minutes", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const token = tokenIn(getToken(world, assumeJump(world)));
  clock.move(15 * MINUTE);
  expect(login(world, token).status).toBe(200);
  clock.move(1);
  expect(login(world, token).text).toContain("The SigninToken has expired");
});

test("login refuses a token that was never given out", () => {
  expect(login(newWorld(), "made-up").status).toBe(400);
});

test("signin signs out, and leads on from us-east-1 to the sign-in only", () => {
  const target = "https://signin.aws.amazon.com/federation?Action=login&SigninToken=a%26b";
  const out = (parameters: Record<string, string>, host = "us-east-1.signin.aws.amazon.com") => {
    const query = new URLSearchParams({ Action: "logout", ...parameters }).toString();
    const call = { ...postCall(host, "/oauth", "", []), method: "GET", query };
    const { reply } = signin(call, newWorld());
    return [reply.status, reply.headers.find(([name]) => name === "Location")?.[1]];
  };
  expect(out({ redirect_uri: target })).toEqual([302, target]);
  expect(out({ redirect_uri: target }, HOST)).toEqual([200, undefined]);
  expect(out({})).toEqual([200, undefined]);
  expect(out({ redirect_uri: "https://evil.example/" })).toEqual([400, undefined]);
  expect(out({ redirect_uri: target, SigninToken: "a" })).toEqual([400, undefined]);
});

test("signin knows no other path and no other action", () => {
  const world = newWorld();
  expect(signin({ ...postCall(HOST, "/", "", []), method: "GET" }, world).reply.status).toBe(404);
  expect(get(world, { Action: "logout" }).status).toBe(400);
});
