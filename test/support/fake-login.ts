/** A sign-in among made-up things: the context, the portal and the answers that its tests share. */
import type { LoginContext, Portal } from "../../src/sso/login/context.ts";
import { caller, json, oidcUrl } from "./fake-portal.ts";
import type { FakeSystem } from "./fake-system.ts";

export const portal: Portal = {
  startUrl: "https://d-1234567890.awsapps.com/start",
  region: "eu-west-1",
  scopes: ["sso:account:access"],
};

export const client = { clientId: "id", clientSecret: "made-up-secret", expiresAt: "2030-04-30T12:00:00Z" };

export const newToken = { accessToken: "made-up-token", expiresIn: 3600, refreshToken: "made-up-refresh" };

export function loginContext(
  system: FakeSystem,
  mustStore = false,
): LoginContext & { readonly traced: string[] } {
  const traced: string[] = [];
  return {
    system,
    oidc: () => caller(system, oidcUrl),
    trace: (line) => traced.push(line),
    mustStore,
    traced,
  };
}

/** The OIDC service registers the client. */
export function expectRegistration(system: FakeSystem): void {
  const { clientId, clientSecret } = client;
  const clientSecretExpiresAt = Date.UTC(2030, 3, 30, 12) / 1000;
  system.expect(
    "POST",
    `${oidcUrl}/client/register`,
    json(200, { clientId, clientSecret, clientSecretExpiresAt }),
  );
}

/** The OIDC service gives out a device code that works for ten minutes. */
export function expectDeviceCode(system: FakeSystem, more: object = {}): void {
  const device = {
    deviceCode: "made-up-device-code",
    userCode: "ABCD-EFGH",
    verificationUri: "https://device.example/",
    verificationUriComplete: "https://device.example/?user_code=ABCD-EFGH",
    expiresIn: 600,
    interval: 1,
    ...more,
  };
  system.expect("POST", `${oidcUrl}/device_authorization`, json(200, device));
}

export function expectToken(system: FakeSystem, reply: Response | Error = json(200, newToken)): void {
  system.expect("POST", `${oidcUrl}/token`, reply);
}
