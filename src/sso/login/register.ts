/** The client that this program is to the OIDC service: registered once, kept where sign-ins are kept. */

import { type Client, type RegistrationRequest, registerClient } from "../../aws/sso/oidc.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import type { StoredRegistration } from "../registration-file.ts";
import type { Flow, TokenStore } from "../token-store.ts";
import { callbackPath } from "./callback.ts";
import type { LoginContext, Portal } from "./context.ts";

/** The scope that lets a token list and use accounts and be refreshed. */
export const accountAccess = "sso:account:access";

/** Registered without its port, which is another one each time; the service lets any port of 127.0.0.1 pass. */
const redirectUriWithoutPort = `http://127.0.0.1${callbackPath}`;

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** Milliseconds. A registration that ends sooner is renewed first, as the AWS CLI does. */
const leastLeft = 15 * 60_000;

/** A client and when its registration ends, as the file of a token has it. */
export interface RegisteredClient extends Client {
  /** As written in files. */
  readonly expiresAt: string;
}

/** The stored client when it will do, else a new one, which is stored where that can be. Throws a Failure. */
export async function clientFor(
  context: LoginContext,
  portal: Portal,
  flow: Flow,
  store: TokenStore,
): Promise<RegisteredClient> {
  const stored = await store.readRegistration(flow);
  if (stored !== undefined && serves(stored, portal, flow, context.system.now())) return stored;
  const request = registrationRequest(portal, flow);
  const { clientId, clientSecret, expiresAt } = await registerClient(context.oidc(), request);
  const registration: StoredRegistration = {
    clientId,
    clientSecret,
    expiresAt: formatIsoTime(expiresAt),
    ...(request.scopes === undefined ? {} : { scopes: request.scopes }),
    ...(request.grantTypes === undefined ? {} : { grantTypes: request.grantTypes }),
  };
  try {
    await store.writeRegistration(flow, registration);
  } catch (error) {
    // The client serves this sign-in all the same: the next one registers another. Where the sign-in must be kept, that
    // it cannot be is better known before a person goes through it.
    if (!(error instanceof Failure) || context.mustKeep) throw error;
    context.trace(`the client of the sign-in is not kept: ${error.message}`);
  }
  return registration;
}

/** Makes the next sign-in register anew. Why that cannot be is only traced: there is a failure to tell already. */
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

/** What is registered for each flow: the same as the AWS CLI does, which may use the client after us. Pure. */
export function registrationRequest(portal: Portal, flow: Flow): RegistrationRequest {
  const scopes = portal.scopes.length === 0 ? {} : { scopes: portal.scopes };
  if (flow === "device") return { clientName: "aws-login", ...scopes };
  return {
    clientName: "aws-login",
    ...scopes,
    // The code for devices too: older AWS CLIs take the client of the shared file for that flow, whatever it is for.
    grantTypes: ["authorization_code", ...(portal.scopes.length === 0 ? [] : ["refresh_token"]), deviceGrant],
    redirectUris: [redirectUriWithoutPort],
    issuerUrl: portal.startUrl,
  };
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
