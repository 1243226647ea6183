import { afterAll, beforeEach, expect, test } from "bun:test";
import { SAMPLE_IDENTITY_CENTER, SAMPLE_SECOND_CENTER } from "./sample-identity-center.ts";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";
import { DIRECT, type Way } from "./support/send.ts";

const standIn = await startStandIn({ world: SAMPLE_WORLD, signInSettings: { interval: 0 } });
const PROXIED: Way = { proxy: standIn.proxyUrl, tls: { ca: standIn.caPem } };
const { startUrl } = SAMPLE_IDENTITY_CENTER;

beforeEach(() => standIn.reset());
afterAll(() => standIn.stop());

function bearer(token: string) {
  return { headers: { "x-amz-sso_bearer_token": token } };
}

const WAYS: Record<string, { way: Way; portal: string; oidc: string }> = {
  "through the proxy": {
    way: PROXIED,
    portal: "https://portal.sso.us-east-1.amazonaws.com",
    oidc: "https://oidc.us-east-1.amazonaws.com",
  },
  "at their own ports": {
    way: DIRECT,
    portal: standIn.endpointEnv().AWS_ENDPOINT_URL_SSO ?? "",
    oidc: `${standIn.endpointEnv().AWS_ENDPOINT_URL_SSO_OIDC}/below`,
  },
};

for (const [name, { way, portal, oidc }] of Object.entries(WAYS)) {
  test(`a device signs in, and the portal and the pages serve it, ${name}`, async () => {
    const post = async (path: string, members: object) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(members);
      const answer = await fetch(`${oidc}${path}`, { ...way, method: "POST", headers, body });
      const value: Record<string, string> = JSON.parse(await answer.text());
      return value;
    };
    const scopes = ["sso:account:access"];
    const registered = await post("/client/register", { clientName: "t", clientType: "public", scopes });
    const { clientId, clientSecret } = registered;
    const started = await post("/device_authorization", { clientId, clientSecret, startUrl });
    expect(standIn.pendingDevices()).toEqual([`${started.userCode}`]);
    const question = await fetch(`${started.verificationUriComplete}`, way);
    expect(await question.text()).toContain(started.userCode ?? "no code");
    expect(standIn.approveDevice(started.userCode ?? "")).toBe(true);
    expect(standIn.pendingDevices()).toEqual([]);
    const { deviceCode } = started;
    const grantType = "urn:ietf:params:oauth:grant-type:device_code";
    const { accessToken = "" } = await post("/token", { clientId, clientSecret, grantType, deviceCode });
    const accounts = await fetch(`${portal}/assignment/accounts`, { ...way, ...bearer(accessToken) });
    expect(accounts.status).toBe(200);
    const logout = { ...way, ...bearer(accessToken), method: "POST" };
    expect((await fetch(`${portal}/logout`, logout)).status).toBe(200);
    expect(standIn.requests.map(({ action, status, caller }) => `${action} ${status} ${caller}`)).toEqual([
      "RegisterClient 200 undefined",
      "StartDeviceAuthorization 200 undefined",
      "ShowDevice 200 undefined",
      "CreateToken 200 ima.user@my.org",
      "ListAccounts 200 ima.user@my.org",
      "Logout 200 ima.user@my.org",
    ]);
  });
}

test("a portal in another region has hosts of its own", async () => {
  const { accessToken, region } = standIn.signIn({ startUrl: SAMPLE_SECOND_CENTER.startUrl });
  const ask = async (where: string) => {
    const url = `https://portal.sso.${where}.amazonaws.com/assignment/accounts`;
    return (await fetch(url, { ...PROXIED, ...bearer(accessToken) })).status;
  };
  expect(region).toBe("eu-central-1");
  expect(await ask("eu-central-1")).toBe(200);
  expect(await ask("us-east-1")).toBe(401);
});

test("latency is waited for in real time", async () => {
  const { accessToken } = standIn.signIn();
  standIn.signInSettings.latency = 40;
  const start = performance.now();
  const url = `http://127.0.0.1:${standIn.ports.portal}/assignment/accounts`;
  expect((await fetch(url, { ...DIRECT, ...bearer(accessToken) })).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
});

test("reset sets the settings right", () => {
  standIn.signInSettings.autoApprove = true;
  standIn.signInSettings.interval = 9;
  standIn.reset();
  expect(standIn.signInSettings).toMatchObject({ autoApprove: false, interval: 0 });
});

test("fault throttles the portal with 429 and SSO-OIDC with slow_down", async () => {
  standIn.fault({ match: { action: "ListAccounts" }, effect: { kind: "throttle" } });
  standIn.fault({
    match: { action: "CreateToken", contains: "refresh_token" },
    effect: { kind: "throttle" },
  });
  const { portal, oidc } = standIn.ports;
  const accounts = await fetch(`http://127.0.0.1:${portal}/assignment/accounts`, DIRECT);
  expect(accounts.status).toBe(429);
  expect(await accounts.text()).toContain("TooManyRequestsException");
  const token = (body: string) =>
    fetch(`http://127.0.0.1:${oidc}/token`, { ...DIRECT, method: "POST", body }).then((reply) =>
      reply.text(),
    );
  expect(await token("authorization_code")).not.toContain("slow_down");
  expect(await token("refresh_token")).toContain("slow_down");
});

test("the portal lets through as much as the rate allows, and no more", async () => {
  const { accessToken } = standIn.signIn();
  standIn.signInSettings.rateLimit = { perSecond: 100, burst: 20 };
  const url = `http://127.0.0.1:${standIn.ports.portal}/assignment/accounts`;
  const ask = async () => (await fetch(url, { ...DIRECT, ...bearer(accessToken) })).status;
  const start = performance.now();
  const statuses = await Promise.all(Array.from({ length: 60 }, ask));
  const seconds = (performance.now() - start) / 1000;
  const passed = statuses.filter((status) => status === 200).length;
  expect(passed).toBeGreaterThanOrEqual(20);
  expect(passed).toBeLessThanOrEqual(20 + Math.ceil(seconds * 100));
  expect(statuses.filter((status) => status === 429)).toHaveLength(60 - passed);
});

test("replaceAccounts refuses accounts that are numbered wrongly", () => {
  const account = { id: "12345678901", roles: [] };
  expect(() => standIn.replaceAccounts([account])).toThrow("malformed");
});
