/** An interactive sign-in, whichever way: the client, the flow, and the token as it is stored. */

import { type NewToken, oidcError } from "../../aws/sso/oidc.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { TokenMembers } from "../token-file.ts";
import type { TokenStore } from "../token-store.ts";
import { loginInBrowser } from "./browser.ts";
import type { FlowChoice } from "./choose-flow.ts";
import type { LoginContext, Portal } from "./context.ts";
import { loginByDeviceCode } from "./device.ts";
import { clientFor, forgetClient, type RegisteredClient } from "./register.ts";

/** Throws a Failure: refused, too late, interrupted, or what the service or the network said. Stores the client only. */
export async function login(
  context: LoginContext,
  portal: Portal,
  choice: FlowChoice,
  store: TokenStore,
): Promise<TokenMembers> {
  context.trace(`sign-in to ${portal.startUrl}: ${choice.flow} flow, because ${choice.why}`);
  return context.system.interruptible(`signing in to ${portal.startUrl}`, () =>
    withKnownClient(context, portal, choice, store),
  );
}

async function withKnownClient(
  context: LoginContext,
  portal: Portal,
  choice: FlowChoice,
  store: TokenStore,
): Promise<TokenMembers> {
  try {
    return await attempt(context, portal, choice, store);
  } catch (error) {
    if (oidcError(error) !== "invalid_client") throw named(error, portal);
  }
  context.trace("the stored client is not known any more: registering a new one");
  await forgetClient(context, choice.flow, store);
  try {
    return await attempt(context, portal, choice, { ...store, readRegistration: async () => undefined });
  } catch (error) {
    if (oidcError(error) === "invalid_client") await forgetClient(context, choice.flow, store);
    throw named(error, portal);
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
  const outcome = await loginInBrowser(context, client, portal);
  if (outcome.kind === "token") return members(context, portal, client, outcome.token);
  if (outcome.kind === "nobody") {
    // A client that the service has forgotten shows as an error page in the browser, and nobody comes back: the next
    // try must not meet the same page.
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
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
  };
}

/** What the service refused with, said of the sign-in as a whole. Failures that say it already stay as they are. */
function named(error: unknown, portal: Portal): unknown {
  if (!(error instanceof Failure) || error.message.startsWith("cannot sign in")) return error;
  const code = oidcError(error);
  const hints =
    code === "invalid_request"
      ? [`check the start URL and the region (${portal.region}): a wrong one looks like this`]
      : [];
  return attempted(error, `cannot sign in to ${portal.startUrl}`, { hints });
}
