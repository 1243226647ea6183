import { describe, expect, test } from "bun:test";
import { getRoleCredentials } from "../../src/aws/sso/portal-operations.ts";
import { type LoginOptions, openPortal } from "../../src/sso/portal.ts";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { failureOf } from "../support/failure.ts";
import { fakeHttpClient } from "../support/fake-http-client.ts";
import { caller, json, oidcUrl, portalUrl, refuses } from "../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const role = { accountId: "012345678901", roleName: "Reader" };
const url = `${portalUrl}/federation/credentials?role_name=Reader&account_id=012345678901`;
const roleCredentials = {
  accessKeyId: "A",
  secretAccessKey: "S",
  sessionToken: "T",
  expiration: 4102444800000,
};
const answer = () => json(200, { roleCredentials });
const unauthorized = () => json(401, { __type: "UnauthorizedException", message: "no" });
const renewed = () => json(200, { accessToken: "new", expiresIn: 3600, refreshToken: "r2" });

const options: LoginOptions = {
  refresh: "auto",
  signIn: "auto",
  useDeviceCode: true,
  remote: false,
  noBrowser: true,
  nrt: false,
};
const optional: PortalChoice = { kind: "token", token: "given", startUrl: undefined, region: "eu-west-1" };
const file: PortalChoice = { kind: "file", path: "/t.json", startUrl: undefined, region: undefined };

function open(system: FakeSystem, choice: PortalChoice, more: Partial<LoginOptions> = {}) {
  const asked: string[] = [];
  const access = openPortal(choice, {
    system,
    home: "/home/me",
    http: fakeHttpClient(system),
    endpoint: (service, region) => {
      asked.push(`${service} ${region}`);
      return caller(system, service === "sso" ? portalUrl : oidcUrl).endpoint;
    },
    options: { ...options, ...more },
  });
  return { access, asked };
}

const withToken = () =>
  fakeSystem({
    instead: memoryFiles({
      "/t.json":
        '{"accessToken": "old", "expiresAt": "2030-01-31T13:00:00Z", "refreshToken": "r1", "clientId": "id", "clientSecret": "s", "region": "eu-central-1"}',
    }),
  });
const bearers = (system: FakeSystem) =>
  system.requests
    .filter(({ method }) => method === "GET")
    .map(({ headers }) => headers["x-amz-sso_bearer_token"]);

describe("openPortal()", () => {
  test("openPortal() asks in the token's region, with the token", async () => {
    const system = withToken();
    const { access, asked } = open(system, file);
    system.expect("GET", url, answer());
    await (await access).ask((portal) => getRoleCredentials(portal, role));
    expect([bearers(system), asked]).toEqual([["old"], ["sso eu-central-1"]]);
  });

  test("openPortal() asks again with a renewed token when the first is refused", async () => {
    const system = withToken();
    const { access } = open(system, file);
    system.expect("GET", url, unauthorized());
    system.expect("POST", `${oidcUrl}/token`, renewed());
    system.expect("GET", url, answer());
    await (await access).ask((portal) => getRoleCredentials(portal, role));
    expect(bearers(system)).toEqual(["old", "new"]);
  });

  test("openPortal() renews once for several whose token is refused at once", async () => {
    const system = withToken();
    const { access } = open(system, file);
    for (let caller = 0; caller < 3; caller++) system.expect("GET", url, unauthorized());
    system.expect("POST", `${oidcUrl}/token`, renewed());
    for (let caller = 0; caller < 3; caller++) system.expect("GET", url, answer());
    const portal = await access;
    await Promise.all([1, 2, 3].map(() => portal.ask((asked) => getRoleCredentials(asked, role))));
    expect(bearers(system)).toEqual(["old", "old", "old", "new", "new", "new"]);
  });

  test("openPortal() stops when the refreshed token is refused too", async () => {
    const system = withToken();
    const { access } = open(system, file);
    system.expect("GET", url, unauthorized());
    system.expect("POST", `${oidcUrl}/token`, renewed());
    system.expect("GET", url, unauthorized());
    const portal = await access;
    const failure = await failureOf(() => portal.ask((asked) => getRoleCredentials(asked, role)));
    expect(failure.kind).toBe("sign-in-needed");
  });

  test("openPortal() never signs in for a given token that the portal refuses", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const { access } = open(system, optional);
    system.expect("GET", url, unauthorized());
    const portal = await access;
    const failure = await failureOf(() => portal.ask((asked) => getRoleCredentials(asked, role)));
    expect([failure.kind, failure.serviceError?.status]).toEqual(["sign-in-needed", 401]);
  });

  test("openPortal() never signs in instead of a given token", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const { access } = open(system, optional, { signIn: "always" });
    expect((await (await access).ready()).until).toBe("9999-12-31T23:59:59Z");
  });

  test("openPortal() does not take a forbidden role for an expired token", async () => {
    const system = withToken();
    const { access } = open(system, file);
    system.expect("GET", url, json(403, { __type: "ForbiddenException", message: "No access" }));
    const portal = await access;
    const failure = await failureOf(() => portal.ask((asked) => getRoleCredentials(asked, role)));
    expect([failure.kind, failure.serviceError?.status]).toEqual(["failed", 403]);
  });

  test("openPortal() says until when the token is valid", async () => {
    const system = withToken();
    expect(await (await open(system, file).access).ready()).toEqual({ until: "2030-01-31T13:00:00Z" });
  });

  test("openPortal() shows the person where to go when it signs in", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const startUrl = "https://d-1234567890.awsapps.com/start";
    const { access, asked } = open(system, { kind: "memory", startUrl, region: "eu-west-1" });
    const client = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_999_999_999 };
    system.expect("POST", `${oidcUrl}/client/register`, json(200, client));
    const device = {
      deviceCode: "d",
      userCode: "ABCD",
      verificationUri: "https://d.example",
      expiresIn: 600,
      interval: 1,
    };
    system.expect("POST", `${oidcUrl}/device_authorization`, json(200, device));
    system.expect("POST", `${oidcUrl}/token`, refuses("authorization_pending"));
    system.expect("POST", `${oidcUrl}/token`, renewed());
    expect(await (await access).ready()).toEqual({ until: "2030-01-31T13:00:02Z" });
    expect(system.stderrLines.join("\n")).toContain("ABCD");
    expect(new Set(asked)).toEqual(new Set(["sso_oidc eu-west-1"]));
  });

  test("openPortal() asks in the region that the login found where a company's own host leads", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const startUrl = "https://aws.example.com/start";
    const { access, asked } = open(system, { kind: "memory", startUrl, region: "us-east-1" });
    const location = "https://ssoins-1.portal.eu-central-1.app.aws";
    system.expect("HEAD", startUrl, new Response(null, { status: 302, headers: { location } }));
    const client = { clientId: "id", clientSecret: "s", clientSecretExpiresAt: 1_999_999_999 };
    const device = {
      deviceCode: "d",
      userCode: "ABCD",
      verificationUri: "https://d.example",
      expiresIn: 600,
    };
    system.expect("POST", `${oidcUrl}/client/register`, json(200, client));
    system.expect("POST", `${oidcUrl}/device_authorization`, json(200, device));
    system.expect("POST", `${oidcUrl}/token`, renewed());
    system.expect("GET", url, answer());
    const portal = await access;
    await portal.ask((caller) => getRoleCredentials(caller, role));
    expect(asked.at(-1)).toBe("sso eu-central-1");
    expect(portal.region).toBe("eu-central-1");
  });
});
