/** The operations of SSO-OIDC by which a person signs in: register a client, ask for a code, trade it for a token. */
import { Failure } from "../../lib/errors.ts";
import { fitsHeader } from "../../lib/fits-header.ts";
import { isLifetime, isTime } from "../../lib/iso-time.ts";
import { isText } from "../../lib/json-object.ts";
import { type Caller, callRestJson } from "../http/rest-json.ts";
import { incompleteResponse } from "../http/unexpected-response.ts";

/** A registered client. `clientSecret` is a secret. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Registration extends Client {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The members of a registration; absent ones are not sent. */
export interface RegistrationRequest {
  readonly clientName: string;
  readonly scopes?: readonly string[];
  readonly grantTypes?: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly issuerUrl?: string;
}

export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds between two polls; 5 where the service does not say (RFC 8628, 3.2). */
  readonly interval: number;
}

export type Grant =
  | { readonly kind: "device-code"; readonly deviceCode: string }
  | {
      readonly kind: "authorization-code";
      readonly code: string;
      /** As in the authorize URL, with the port. */
      readonly redirectUri: string;
      readonly codeVerifier: string;
    }
  | { readonly kind: "refresh-token"; readonly refreshToken: string };

export interface NewToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Absent when none was issued, or when the one in use stays valid. */
  readonly refreshToken?: string;
}

/** The `error` of OAuth by the exception that it comes with: a response may have either or both. */
const errorsByException: Readonly<Record<string, string>> = {
  AuthorizationPendingException: "authorization_pending",
  SlowDownException: "slow_down",
  ExpiredTokenException: "expired_token",
  AccessDeniedException: "access_denied",
  InvalidGrantException: "invalid_grant",
  InvalidClientException: "invalid_client",
  InvalidRequestException: "invalid_request",
  InvalidScopeException: "invalid_scope",
  UnauthorizedClientException: "unauthorized_client",
  UnsupportedGrantTypeException: "unsupported_grant_type",
  InvalidClientMetadataException: "invalid_client_metadata",
  InvalidRedirectUriException: "invalid_redirect_uri",
  InternalServerException: "server_error",
};

/** RegisterClient. Throws a Failure; `oidcError` has its code. */
export async function registerClient(oidc: Caller, request: RegistrationRequest): Promise<Registration> {
  const response = await callRestJson(oidc, {
    action: "RegisterClient",
    method: "POST",
    path: "/client/register",
    body: { ...request, clientType: "public" },
    leadsTo: "a person",
    secrets: [],
    retryCodes: ["slow_down", "SlowDownException"],
  });
  const { clientId, clientSecret, clientSecretExpiresAt } = response;
  // In seconds, unlike the times of the portal.
  const expiresAt = typeof clientSecretExpiresAt === "number" ? clientSecretExpiresAt * 1000 : undefined;
  if (!isText(clientId) || !isText(clientSecret) || !isTime(expiresAt)) {
    throw incompleteResponse("RegisterClient", "a usable clientId, clientSecret or clientSecretExpiresAt");
  }
  return { clientId, clientSecret, expiresAt };
}

/** StartDeviceAuthorization. Throws a Failure, also for an address that is no web address. */
export async function startDeviceAuthorization(
  oidc: Caller,
  client: Client,
  startUrl: string,
): Promise<DeviceAuthorization> {
  const action = "StartDeviceAuthorization";
  const response = await callRestJson(oidc, {
    action,
    method: "POST",
    path: "/device_authorization",
    body: { clientId: client.clientId, clientSecret: client.clientSecret, startUrl },
    leadsTo: "a person",
    secrets: [client.clientSecret],
    retryCodes: ["slow_down", "SlowDownException"],
  });
  const { deviceCode, userCode, expiresIn, interval } = response;
  const verificationUri = webAddress(response.verificationUri);
  const complete = webAddress(response.verificationUriComplete) ?? verificationUri;
  // A person reads and compares the code.
  if (!isText(deviceCode) || !isText(userCode) || !/^[!-~]{1,64}$/.test(userCode) || !isLifetime(expiresIn)) {
    throw incompleteResponse(action, "a usable deviceCode, userCode or expiresIn");
  }
  if (verificationUri === undefined || complete === undefined) {
    throw incompleteResponse(action, "a web address to open");
  }
  return {
    deviceCode,
    userCode,
    verificationUri,
    verificationUriComplete: complete,
    expiresIn,
    interval: isLifetime(interval) ? interval : 5,
  };
}

/**
 * CreateToken. Throws a Failure; `oidcError` has its code. The first request that arrives uses an authorization code up,
 * so that request is not repeated.
 */
export async function createToken(oidc: Caller, client: Client, grant: Grant): Promise<NewToken> {
  const { members, secret } = grantMembers(grant);
  const response = await callRestJson(oidc, {
    action: "CreateToken",
    method: "POST",
    path: "/token",
    body: { clientId: client.clientId, clientSecret: client.clientSecret, ...members },
    ...(grant.kind === "device-code" ? { leadsTo: "a person" } : {}),
    secrets: [client.clientSecret, secret],
    attempts: grant.kind === "authorization-code" ? "once" : "retried",
  });
  const { accessToken, expiresIn, refreshToken } = response;
  if (!isText(accessToken) || !fitsHeader(accessToken) || !isLifetime(expiresIn)) {
    throw incompleteResponse("CreateToken", "a usable accessToken or expiresIn");
  }
  return { accessToken, expiresIn, ...(isText(refreshToken) ? { refreshToken } : {}) };
}

/** The `error` of OAuth in the refusal of the service, or undefined for any other failure. */
export function oidcError(failure: unknown): string | undefined {
  const code = failure instanceof Failure ? failure.serviceError?.code : undefined;
  if (code === undefined) return undefined;
  return Object.hasOwn(errorsByException, code) ? errorsByException[code] : code;
}

function grantMembers(grant: Grant): { members: Record<string, string>; secret: string } {
  switch (grant.kind) {
    case "device-code":
      return {
        members: {
          grantType: "urn:ietf:params:oauth:grant-type:device_code",
          deviceCode: grant.deviceCode,
        },
        secret: grant.deviceCode,
      };
    case "authorization-code":
      return {
        members: {
          grantType: "authorization_code",
          code: grant.code,
          redirectUri: grant.redirectUri,
          codeVerifier: grant.codeVerifier,
        },
        secret: grant.code,
      };
    case "refresh-token":
      return {
        members: { grantType: "refresh_token", refreshToken: grant.refreshToken },
        secret: grant.refreshToken,
      };
  }
}

/**
 * An address to show and to open in a browser, in the plain characters of a URL. Only https, or http to this machine: a
 * response must not start anything but a page. No user name before the host: people take it for the host.
 */
function webAddress(value: unknown): string | undefined {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url === null || url.username !== "" || url.password !== "") return undefined;
  const isLocal = url.hostname === "127.0.0.1" || url.hostname === "localhost" || url.hostname === "[::1]";
  return url.protocol === "https:" || (url.protocol === "http:" && isLocal) ? url.href : undefined;
}
