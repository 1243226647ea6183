import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { oidc } from "./oidc/oidc.ts";
import {
  type ClientMembers,
  call,
  createToken,
  DEVICE_CODE,
  OIDC_HOST,
  REDIRECT_URI,
  register,
  registerForCode,
} from "./support/ask-identity-center.ts";
import { testClock } from "./support/clock.ts";
import { newWorld } from "./support/sts-world.ts";
import type { World } from "./world/world.ts";

const VERIFIER = "made-up_verifier.of~64-characters-0123456789-abcdefghijklmnopqrst";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const WITH_PORT = "http://127.0.0.1:53682/oauth/callback";

type Parameters = Readonly<Record<string, string | undefined>>;

interface PageReply {
  readonly status: number;
  readonly text: string;
  /** Where it redirects to. */
  readonly location: URL | undefined;
}

/** Opens `/authorize`, with the right parameters but for those that are given. */
function open(world: World, client: ClientMembers, changes: Parameters = {}, host = OIDC_HOST): PageReply {
  const parameters: Parameters = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: WITH_PORT,
    state: "6e1b77b2-0000-4000-8000-made/up+state",
    code_challenge_method: "S256",
    scopes: "sso:account:access",
    code_challenge: CHALLENGE,
    ...changes,
  };
  const query = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`);
  return page(world, call("GET", `/authorize?${query.join("&")}`, host));
}

/** Presses a button of the form on the page. */
function press(world: World, { text }: PageReply, decision: string): PageReply {
  const request = /name="request" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const body = Buffer.from(new URLSearchParams({ request, decision }).toString());
  return page(world, call("POST", "/authorize", OIDC_HOST, { body }));
}

function page(world: World, asked: ReturnType<typeof call>): PageReply {
  const { reply } = oidc(asked, world);
  const location = reply.headers.find(([name]) => name === "Location")?.[1];
  return {
    status: reply.status,
    text: Buffer.from(reply.body).toString(),
    location: location === undefined ? undefined : new URL(location),
  };
}

function redeem(world: World, client: ClientMembers, reply: PageReply, changes: Parameters = {}) {
  const code = reply.location?.searchParams.get("code") ?? "";
  const grant = { grantType: "authorization_code", code, redirectUri: WITH_PORT, codeVerifier: VERIFIER };
  return createToken(world, client, { ...grant, ...changes });
}

test("authorize shows who asks for what, and on Allow sends a code that works once", () => {
  const world = newWorld();
  const client = registerForCode(world);
  const question = open(world, client);
  expect(question.status).toBe(200);
  expect(question.text).toContain("ima.user@my.org");
  expect(question.text).toContain('<button id="allow"');
  const answer = press(world, question, "allow");
  expect(answer.status).toBe(303);
  expect(answer.location?.href).toStartWith(`${WITH_PORT}?code=`);
  expect(answer.location?.searchParams.get("state")).toBe("6e1b77b2-0000-4000-8000-made/up+state");
  const { status, members } = redeem(world, client, answer);
  expect(status).toBe(200);
  expect(Object.keys(members)).toEqual(["accessToken", "tokenType", "expiresIn", "refreshToken"]);
  expect(redeem(world, client, answer).members.error).toBe("invalid_grant");
});

test("authorize sends access_denied on Deny, and takes one answer only", () => {
  const world = newWorld();
  const question = open(world, registerForCode(world));
  const { searchParams } = press(world, question, "deny").location ?? new URL("none:");
  expect([...searchParams.keys()]).toEqual(["error", "state"]);
  expect(searchParams.get("error")).toBe("access_denied");
  expect(press(world, question, "allow").status).toBe(400);
});

test("authorize redirects at once with autoApprove", () => {
  const world = newWorld();
  world.identityCenter.settings.autoApprove = true;
  const client = registerForCode(world);
  const answer = open(world, client, { state: undefined });
  expect(answer.status).toBe(302);
  expect([...(answer.location?.searchParams.keys() ?? [])]).toEqual(["code"]);
  expect(redeem(world, client, answer).status).toBe(200);
});

const WRONG_REDEMPTIONS: Record<string, { changes: Parameters; error: string }> = {
  "another verifier": { changes: { codeVerifier: VERIFIER.replace("made", "Made") }, error: "invalid_grant" },
  "the challenge as verifier": { changes: { codeVerifier: CHALLENGE }, error: "invalid_grant" },
  "the redirect URI without its port": { changes: { redirectUri: REDIRECT_URI }, error: "invalid_grant" },
  "another code": { changes: { code: "other" }, error: "invalid_grant" },
  "no verifier": { changes: { codeVerifier: undefined }, error: "invalid_request" },
};

for (const [name, { changes, error }] of Object.entries(WRONG_REDEMPTIONS)) {
  test(`CreateToken refuses ${name} with ${error}`, () => {
    const world = newWorld();
    world.identityCenter.settings.autoApprove = true;
    const client = registerForCode(world);
    expect(redeem(world, client, open(world, client), changes).members.error).toBe(error);
  });
}

test("CreateToken refuses a code that was presented wrongly before, is another client's, or is old", () => {
  const clock = testClock();
  const world = newWorld(clock);
  world.identityCenter.settings.autoApprove = true;
  const client = registerForCode(world);
  const error = (reply: PageReply, who = client, changes: Parameters = {}) =>
    redeem(world, who, reply, changes).members.error;
  const first = open(world, client);
  expect(error(first, client, { codeVerifier: CHALLENGE })).toBe("invalid_grant");
  expect(error(first)).toBe("invalid_grant");
  const second = open(world, client);
  expect(error(second, registerForCode(world))).toBe("invalid_grant");
  clock.move(600_000);
  expect(error(second)).toBe("invalid_grant");
});

const SENT_BACK: Record<string, { changes: Parameters; error: string }> = {
  "OAuth's spelling of scopes": {
    changes: { scopes: undefined, scope: "sso:account:access" },
    error: "invalid_request",
  },
  "the challenge method of another service": {
    changes: { code_challenge_method: "SHA-256" },
    error: "invalid_request",
  },
  "a padded challenge": { changes: { code_challenge: `${CHALLENGE}=` }, error: "invalid_request" },
  "no challenge": { changes: { code_challenge: undefined }, error: "invalid_request" },
  "another response type": { changes: { response_type: "token" }, error: "unsupported_response_type" },
  "a scope that was not registered": {
    changes: { scopes: "sso:account:access codewhisperer:analysis" },
    error: "invalid_scope",
  },
};

for (const [name, { changes, error }] of Object.entries(SENT_BACK)) {
  test(`authorize sends the person back with ${error} for ${name}`, () => {
    const world = newWorld();
    const { status, location } = open(world, registerForCode(world), changes);
    expect(status).toBe(302);
    expect(location?.href).toStartWith(`${WITH_PORT}?`);
    expect(location?.searchParams.get("error")).toBe(error);
    expect(location?.searchParams.get("state")).toBe("6e1b77b2-0000-4000-8000-made/up+state");
  });
}

const SENT_NOWHERE: Record<string, Parameters> = {
  "a client that is not known": { client_id: "other" },
  "another path": { redirect_uri: "http://127.0.0.1:53682/other" },
  "another host": { redirect_uri: "http://192.0.2.1:53682/oauth/callback" },
  "the same address under another name": { redirect_uri: "http://localhost:53682/oauth/callback" },
  "no redirect URI": { redirect_uri: undefined },
};

for (const [name, changes] of Object.entries(SENT_NOWHERE)) {
  test(`authorize redirects no browser for ${name}`, () => {
    const world = newWorld();
    world.identityCenter.settings.autoApprove = true;
    const { status, location } = open(world, registerForCode(world), changes);
    expect({ status, location }).toEqual({ status: 400, location: undefined });
  });
}

test("authorize wants the very port when one was registered", () => {
  const world = newWorld();
  const client = registerForCode(world, { redirectUris: [WITH_PORT] });
  expect(open(world, client).status).toBe(200);
  expect(open(world, client, { redirect_uri: "http://127.0.0.1:53683/oauth/callback" }).status).toBe(400);
});

test("authorize is for clients of that grant and of that region, while they are registered", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const device = register(world, { grantTypes: [DEVICE_CODE], redirectUris: [REDIRECT_URI] });
  expect(open(world, device).status).toBe(400);
  const client = registerForCode(world);
  expect(open(world, client, {}, "oidc.eu-central-1.amazonaws.com").status).toBe(400);
  clock.move(90 * 24 * 3600 * 1000);
  expect(open(world, client).status).toBe(400);
});

test("authorize shows a client's name as text, whatever it is", () => {
  const world = newWorld();
  const client = registerForCode(world, { clientName: '<b onclick="x">&' });
  expect(open(world, client).text).toContain("&lt;b onclick=&quot;x&quot;&gt;&amp; asks");
});
