/** The client that this program is to the OIDC service: registered once, stored where tokens are stored. */

import { isThrottling } from "../../aws/http/retryable-response.ts";
import { isServicesOwn } from "../../aws/http/unexpected-response.ts";
import {
  type Client,
  oidcError,
  type Registration,
  type RegistrationRequest,
  registerClient,
} from "../../aws/sso/oidc.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import type { StoredRegistration } from "../registration-file.ts";
import type { Flow, TokenStore } from "../token-store.ts";
import { callbackPath } from "./callback.ts";
import type { LoginContext, Portal } from "./context.ts";

/** The scope by which a token lists and uses accounts and can be refreshed. */
export const accountAccess = "sso:account:access";

/** Registered without a port, which differs in each login; the service accepts every port of 127.0.0.1. */
const redirectUriWithoutPort = `http://127.0.0.1${callbackPath}`;

/** Milliseconds. A registration that ends sooner is replaced before the login, as the AWS CLI does. */
const leastLeft = 15 * 60_000;

/** A client and the end of its registration, as the token file has it. */
export interface RegisteredClient extends Client {
  /** As written in files. */
  readonly expiresAt: string;
}

/** The stored client where it serves this login, else a new one, which is stored if possible. Throws a Failure. */
export async function clientFor(
  context: LoginContext,
  portal: Portal,
  flow: Flow,
  store: TokenStore,
): Promise<RegisteredClient> {
  const stored = await store.readRegistration(flow);
  if (stored !== undefined && serves(stored, portal, flow, context.system.now())) return stored;
  const { request, registered } = await register(context, registrationRequest(portal, flow));
  const registration: StoredRegistration = {
    clientId: registered.clientId,
    clientSecret: registered.clientSecret,
    expiresAt: formatIsoTime(registered.expiresAt),
    ...optional("scopes", request.scopes),
    ...optional("grantTypes", request.grantTypes),
  };
  try {
    await store.writeRegistration(flow, registration);
  } catch (error) {
    // The client serves this login all the same; the next one registers another. A login whose token must be stored
    // fails here, before a person goes through it.
    if (!(error instanceof Failure) || context.mustStore) throw error;
    context.trace(`the client registration is not stored: ${error.message}`);
  }
  return registration;
}

/** Makes the next login register anew. A client that cannot be removed is only traced: the login has failed already. */
export async function forgetClient(
  { trace }: Pick<LoginContext, "trace">,
  flow: Flow,
  store: TokenStore,
): Promise<void> {
  try {
    await store.removeRegistration(flow);
  } catch (error) {
    trace(`the stored client stays: ${reasonOf(error)}`);
  }
}

/**
 * What the AWS CLI registers for each flow (it may use the client after this program): no grant types for a device code;
 * the authorization code and the refresh token for the browser. Pure.
 */
export function registrationRequest(portal: Portal, flow: Flow): RegistrationRequest {
  const common = {
    clientName: "aws-login",
    ...optional("scopes", portal.scopes.length === 0 ? undefined : portal.scopes),
  };
  if (flow === "device") return common;
  return {
    ...common,
    grantTypes: ["authorization_code", ...(portal.scopes.length === 0 ? [] : ["refresh_token"])],
    redirectUris: [redirectUriWithoutPort],
    issuerUrl: portal.resolvedUrl ?? portal.startUrl,
  };
}

/**
 * The least that the flow works with, for a portal that refuses more: the authorization code alone, or no scopes. The
 * token then cannot be refreshed. Undefined where the request asks for no more than that.
 */
export function leastRequest(request: RegistrationRequest): RegistrationRequest | undefined {
  if (request.grantTypes === undefined) {
    return request.scopes === undefined ? undefined : { clientName: request.clientName };
  }
  return request.grantTypes.length === 1 ? undefined : { ...request, grantTypes: ["authorization_code"] };
}

async function register(
  context: LoginContext,
  request: RegistrationRequest,
): Promise<{ readonly request: RegistrationRequest; readonly registered: Registration }> {
  const oidc = context.oidc();
  try {
    return { request, registered: await registerClient(oidc, request) };
  } catch (error) {
    const less = leastRequest(request);
    if (less === undefined || !isRefusal(error)) throw error;
    context.trace(`the registration was refused, registering with less: ${error.message}`);
    try {
      return { request: less, registered: await registerClient(oidc, less) };
    } catch (second) {
      // The service refuses something that both requests say: the first refusal is the one to report.
      throw isRefusal(second) ? error : second;
    }
  }
}

/**
 * Whether the service refused the registration itself. Some portals respond with 500 where they mean 400; throttling has a
 * status of 400 too.
 */
function isRefusal(error: unknown): error is Failure {
  if (!(error instanceof Failure) || error.serviceError === undefined) return false;
  if (isThrottling(error) || oidcError(error) === "slow_down") return false;
  const { status } = error.serviceError;
  return isServicesOwn(error.serviceError) && (status === 400 || status === 500);
}

function serves(stored: StoredRegistration, portal: Portal, flow: Flow, now: number): boolean {
  const end = parseIsoTime(stored.expiresAt);
  const forBrowser = stored.grantTypes?.includes("authorization_code") ?? false;
  return (
    end !== undefined &&
    end - now >= leastLeft &&
    forBrowser === (flow === "browser") &&
    [...(stored.scopes ?? [])].sort().join(" ") === [...portal.scopes].sort().join(" ")
  );
}
