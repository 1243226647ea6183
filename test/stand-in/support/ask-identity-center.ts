import { identifyHost } from "../hosts.ts";
import { oidc } from "../oidc/oidc.ts";
import { portal } from "../portal/portal.ts";
import { SAMPLE_IDENTITY_CENTER } from "../sample-identity-center.ts";
import type { Call, ServiceResponse } from "../service.ts";
import type { World } from "../world/world.ts";

/** Asks Identity Center directly, without a network, for tests of what it decides. */

export const OIDC_HOST = "oidc.us-east-1.amazonaws.com";
export const PORTAL_HOST = "portal.sso.us-east-1.amazonaws.com";
export const START_URL = SAMPLE_IDENTITY_CENTER.startUrl;
export const REDIRECT_URI = "http://127.0.0.1/oauth/callback";
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
export const ACCOUNT_ACCESS = ["sso:account:access"];

export interface JsonReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** The members of the response; none when it is not a JSON object. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly delay: number;
}

/** A call to `path` (with its query, if any) of a host; no host is a service's own port. */
export function call(method: string, path: string, host: string | undefined, rest: Partial<Call> = {}): Call {
  const [plain = "", query = ""] = path.split("?");
  const identity = host === undefined ? undefined : identifyHost(host);
  const headers = [["Host", host ?? "127.0.0.1:1234"]] as const;
  return { method, path: plain, query, headers, body: new Uint8Array(0), host: identity, ...rest };
}

export function jsonResponse({ reply, delay = 0 }: ServiceResponse): JsonReply {
  const text = Buffer.from(reply.body).toString();
  const headers = new Map(reply.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { status: reply.status, headers, members: asObject(text), text, delay };
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

export function askOidc(
  world: World,
  path: string,
  members: Record<string, unknown>,
  host: string | undefined = OIDC_HOST,
): JsonReply {
  const headers = [["Content-Type", "application/json"]] as const;
  const body = Buffer.from(JSON.stringify(members));
  return jsonResponse(oidc(call("POST", path, host, { headers, body }), world));
}

export function askPortal(world: World, path: string, token: string, host = PORTAL_HOST): JsonReply {
  const headers = [["x-amz-sso_bearer_token", token]] as const;
  const method = path === "/logout" ? "POST" : "GET";
  return jsonResponse(portal(call(method, path, host, { headers }), world));
}

/** What a client says with every request that it makes. */
export type ClientMembers = Record<"clientId" | "clientSecret", string>;

/** Registers a client, by default as the device code flow of the AWS CLI does. */
export function register(world: World, more: Record<string, unknown> = {}, host = OIDC_HOST): ClientMembers {
  const asked = { clientName: "tester", clientType: "public", scopes: ACCOUNT_ACCESS, ...more };
  const { members } = askOidc(world, "/client/register", asked, host);
  return { clientId: String(members.clientId), clientSecret: String(members.clientSecret) };
}

/** Registers a client as the authorization code flow of the AWS CLI does. */
export function registerForCode(world: World, more: Record<string, unknown> = {}): ClientMembers {
  return register(world, {
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: [REDIRECT_URI],
    issuerUrl: START_URL,
    ...more,
  });
}

export function startDevice(world: World, client: ClientMembers): Record<"deviceCode" | "userCode", string> {
  const { members } = askOidc(world, "/device_authorization", { ...client, startUrl: START_URL });
  return { deviceCode: String(members.deviceCode), userCode: String(members.userCode) };
}

export function createToken(world: World, client: ClientMembers, grant: Record<string, unknown>): JsonReply {
  return askOidc(world, "/token", { ...client, ...grant });
}

export function refresh(world: World, client: ClientMembers, refreshToken: unknown): JsonReply {
  return createToken(world, client, { grantType: "refresh_token", refreshToken });
}

/** A finished sign-in by device code. */
export function loginByDeviceCode(world: World, client: ClientMembers): Readonly<Record<string, unknown>> {
  const { deviceCode, userCode } = startDevice(world, client);
  world.identityCenter.settleDevice(userCode, "approved");
  return createToken(world, client, { grantType: DEVICE_CODE, deviceCode }).members;
}

/** The access token of a fresh sign-in. */
export function accessToken(world: World): string {
  return String(loginByDeviceCode(world, register(world)).accessToken);
}
