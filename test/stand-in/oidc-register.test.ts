import { expect, test } from "bun:test";
import { oidc } from "./oidc/oidc.ts";
import {
  ACCOUNT_ACCESS,
  askOidc,
  call,
  DEVICE_CODE,
  jsonResponse,
  OIDC_HOST,
  REDIRECT_URI,
  register,
  START_URL,
} from "./support/ask-identity-center.ts";
import { NOON, testClock } from "./support/clock.ts";
import { newWorld } from "./support/sts-world.ts";

const PLAIN = { clientName: "tester", clientType: "public" };
const FOR_CODE = {
  ...PLAIN,
  scopes: ACCOUNT_ACCESS,
  grantTypes: ["authorization_code", "refresh_token"],
  redirectUris: [REDIRECT_URI],
  issuerUrl: START_URL,
};

const ACCEPTED = {
  "a client that says no more than it must": PLAIN,
  "one that wants to refresh": { ...PLAIN, scopes: ACCOUNT_ACCESS },
  "one that names the device code grant": { ...PLAIN, grantTypes: [DEVICE_CODE, "refresh_token"] },
  "one for the authorization code, its redirect URI without a port": FOR_CODE,
  "one whose redirect URI has a port": {
    ...FOR_CODE,
    redirectUris: ["http://127.0.0.1:8400/oauth/callback"],
  },
  "one whose issuer URL ends as browsers show it": { ...FOR_CODE, issuerUrl: `${START_URL}/#/` },
};

for (const [name, members] of Object.entries(ACCEPTED)) {
  test(`RegisterClient accepts ${name}`, () => {
    const reply = askOidc(newWorld(), "/client/register", members);
    expect(reply.status).toBe(200);
    const seconds = NOON / 1000;
    expect(reply.members).toMatchObject({
      clientIdIssuedAt: seconds,
      clientSecretExpiresAt: seconds + 90 * 24 * 3600,
    });
    expect(Object.keys(reply.members)).toHaveLength(4);
  });
}

const REFUSED: Record<string, { members: Record<string, unknown>; error: string }> = {
  "a client without a name": { members: { clientType: "public" }, error: "invalid_request" },
  "a confidential client": {
    members: { ...PLAIN, clientType: "confidential" },
    error: "invalid_client_metadata",
  },
  "a misspelt member": { members: { ...PLAIN, scope: ACCOUNT_ACCESS }, error: "invalid_request" },
  "scopes in one text": { members: { ...PLAIN, scopes: "sso:account:access" }, error: "invalid_request" },
  "an unknown scope": { members: { ...PLAIN, scopes: ["sso:everything"] }, error: "invalid_scope" },
  "an unknown grant type": {
    members: { ...PLAIN, grantTypes: ["password"] },
    error: "unsupported_grant_type",
  },
  "the authorization code without a redirect URI": {
    members: { ...FOR_CODE, redirectUris: undefined },
    error: "invalid_redirect_uri",
  },
  "a redirect to another machine without TLS": {
    members: { ...FOR_CODE, redirectUris: ["http://192.0.2.1/oauth/callback"] },
    error: "invalid_redirect_uri",
  },
  "the authorization code without an issuer URL": {
    members: { ...FOR_CODE, issuerUrl: undefined },
    error: "invalid_request",
  },
  "an issuer URL that does not exist": {
    members: { ...FOR_CODE, issuerUrl: "https://d-0000000000.awsapps.com/start" },
    error: "invalid_request",
  },
  "an issuer URL of another region": {
    members: { ...FOR_CODE, issuerUrl: "https://my-company.awsapps.com/start" },
    error: "invalid_request",
  },
};

for (const [name, { members, error }] of Object.entries(REFUSED)) {
  test(`RegisterClient refuses ${name} with ${error}`, () => {
    const reply = askOidc(newWorld(), "/client/register", members);
    expect(reply).toMatchObject({ status: 400, members: { error } });
  });
}

test("RegisterClient gives every client an id and a secret of its own", () => {
  const world = newWorld();
  const [first, second] = [register(world), register(world)];
  expect(first.clientId).not.toBe(second.clientId);
  expect(first.clientSecret).not.toBe(second.clientSecret);
});

const NONSENSE = {
  "a form": { type: "application/x-www-form-urlencoded", body: "clientName=tester&clientType=public" },
  "no JSON": { type: "application/json", body: "{" },
  "a list": { type: "application/json", body: "[]" },
};

for (const [name, { type, body }] of Object.entries(NONSENSE)) {
  test(`oidc refuses ${name} as a body`, () => {
    const headers = [["Content-Type", type]] as const;
    const asked = call("POST", "/client/register", OIDC_HOST, { headers, body: Buffer.from(body) });
    expect(jsonResponse(oidc(asked, newWorld()))).toMatchObject({
      status: 400,
      members: { error: "invalid_request" },
    });
  });
}

test("oidc responds with 404 for what it does not have, the page for devices included", () => {
  for (const path of ["/nothing", "/device"]) {
    expect(oidc(call("GET", path, OIDC_HOST), newWorld()).reply.status).toBe(404);
  }
});

const DEVICE = "/device_authorization";

test("StartDeviceAuthorization gives codes and addresses on the start URL's host", () => {
  const world = newWorld();
  const { status, members } = askOidc(world, DEVICE, { ...register(world), startUrl: START_URL });
  expect(status).toBe(200);
  expect(members.userCode).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  expect(members).toMatchObject({
    verificationUri: `${START_URL}/device`,
    verificationUriComplete: `${START_URL}/device?user_code=${members.userCode}`,
    expiresIn: 600,
    interval: 1,
  });
});

test("StartDeviceAuthorization at its own port gives addresses there, and no interval when told so", () => {
  const world = newWorld();
  world.identityCenter.settings.interval = null;
  const headers = [
    ["Host", "127.0.0.1:4321"],
    ["Content-Type", "application/json"],
  ] as const;
  const body = Buffer.from(JSON.stringify({ ...register(world), startUrl: START_URL }));
  const { members } = jsonResponse(oidc(call("POST", DEVICE, undefined, { headers, body }), world));
  expect(members.verificationUri).toBe("http://127.0.0.1:4321/device");
  expect(members).not.toHaveProperty("interval");
});

test("StartDeviceAuthorization refuses start URLs that are not of its region, and clients that are not its own", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const client = register(world);
  const error = (members: object, host?: string) => {
    const reply = askOidc(world, DEVICE, { ...client, startUrl: START_URL, ...members }, host);
    return `${reply.status} ${reply.members.error}`;
  };
  expect(error({ startUrl: "https://d-0000000000.awsapps.com/start" })).toBe("400 invalid_request");
  expect(error({ startUrl: "https://my-company.awsapps.com/start" })).toBe("400 invalid_request");
  expect(error({}, "oidc.eu-central-1.amazonaws.com")).toBe("401 invalid_client");
  expect(error({ clientSecret: "other" })).toBe("401 invalid_client");
  expect(error({ clientId: "other" })).toBe("401 invalid_client");
  const forCode = register(world, { ...FOR_CODE });
  expect(error(forCode)).toBe("400 unauthorized_client");
  clock.move(90 * 24 * 3600 * 1000);
  expect(error({})).toBe("401 invalid_client");
});
