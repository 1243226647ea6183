/** An interactive login: the portal, the client, the flow, and the token as it is stored. */

import { type NewToken, oidcError } from "../../aws/sso/oidc.ts";
import { resolveStartUrl } from "../../aws/sso/resolve-start-url.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import type { TokenMembers } from "../token-file.ts";
import type { TokenStore } from "../token-store.ts";
import { loginInBrowser } from "./browser.ts";
import type { FlowChoice } from "./choose-flow.ts";
import type { LoginContext, Portal } from "./context.ts";
import { loginByDeviceCode } from "./device.ts";
import { clientFor, forgetClient, type RegisteredClient } from "./register.ts";

/**
 * Stores the client registration; the caller stores the token. Throws a Failure: refused, too late, interrupted, or what
 * the service or the network said.
 */
export async function login(
  context: LoginContext,
  portal: Portal,
  choice: FlowChoice,
  store: TokenStore,
): Promise<TokenMembers> {
  context.trace(`sign-in to ${portal.startUrl}: ${choice.flow} flow, because ${choice.why}`);
  return context.system.interruptible(`signing in to ${portal.startUrl}`, async () => {
    try {
      const resolved = await resolvePortal(context, portal);
      return await withKnownClient(resolved.context, resolved.portal, choice, store);
    } catch (error) {
      throw ofPortal(error, portal);
    }
  });
}

/** Where a start URL leads. A region in the portal's host wins over the configured one, as in the AWS CLI. */
async function resolvePortal(
  context: LoginContext,
  portal: Portal,
): Promise<{ readonly context: LoginContext; readonly portal: Portal }> {
  const { url, region = portal.region } = await resolveStartUrl(context.oidc().http, portal.startUrl);
  if (url === portal.startUrl) return { context, portal };
  context.trace(`${portal.startUrl} leads to ${url} in ${region}`);
  return {
    context: { ...context, oidc: () => context.oidc(region) },
    portal: { ...portal, region, resolvedUrl: url },
  };
}

/** Registers anew, once, where the service has forgotten the client. */
async function withKnownClient(
  context: LoginContext,
  portal: Portal,
  choice: FlowChoice,
  store: TokenStore,
): Promise<TokenMembers> {
  try {
    return await attempt(context, portal, choice, store);
  } catch (error) {
    if (oidcError(error) !== "invalid_client") throw error;
  }
  context.trace("the service has forgotten the stored client: registering a new one");
  await forgetClient(context, choice.flow, store);
  try {
    return await attempt(context, portal, choice, { ...store, readRegistration: async () => undefined });
  } catch (error) {
    if (oidcError(error) === "invalid_client") await forgetClient(context, choice.flow, store);
    throw error;
  }
}

async function attempt(
  context: LoginContext,
  portal: Portal,
  choice: FlowChoice,
  store: TokenStore,
): Promise<TokenMembers> {
  const client = await clientFor(context, portal, choice.flow, store);
  if (choice.flow === "device") {
    return members(context, portal, client, await loginByDeviceCode(context, client, portal, choice.browser));
  }
  const outcome = await loginInBrowser(context, client, portal, choice);
  if (outcome.kind === "traded") return members(context, portal, client, outcome.value);
  if (outcome.kind === "timed-out") {
    // The browser shows an error page for a client that the service has forgotten, and does not come back. The next
    // login must not use that client again.
    await forgetClient(context, "browser", store);
    throw outcome.why;
  }
  context.system.stderr(`aws-login: ${outcome.why.message}; signing in with a code instead`);
  const why = "no browser could be opened";
  return attempt(context, portal, { flow: "device", browser: "leave", why }, store);
}

function members(
  context: LoginContext,
  portal: Portal,
  client: RegisteredClient,
  token: NewToken,
): TokenMembers {
  return {
    startUrl: portal.startUrl,
    region: portal.region,
    accessToken: token.accessToken,
    expiresAt: formatIsoTime(context.system.now() + token.expiresIn * 1000),
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    registrationExpiresAt: client.expiresAt,
    ...optional("refreshToken", token.refreshToken),
  };
}

/** The failure, said of the login to this portal. */
function ofPortal(error: unknown, portal: Portal): unknown {
  if (!(error instanceof Failure) || error.kind === "interrupted") return error;
  const hints =
    oidcError(error) === "invalid_request"
      ? [`check the start URL and the region (${portal.region}): a wrong one looks like this`]
      : [];
  return attempted(error, `cannot sign in to ${portal.startUrl}`, { hints });
}
