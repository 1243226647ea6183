import type { Call } from "../service.ts";
import type { Client } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import type { Members } from "./json-body.ts";
import { type OidcProblem, problem } from "./oidc-error.ts";

export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
export const AUTHORIZATION_CODE = "authorization_code";
export const REFRESH_TOKEN = "refresh_token";

/** The scope under which AWS gives out refresh tokens. */
export const ACCOUNT_ACCESS = "sso:account:access";

/** The client that a request's `clientId` and `clientSecret` are of, while its registration lasts. */
export function readClient(members: Members, call: Call, world: World): Client | OidcProblem {
  const client = world.identityCenter.clients.get(members.text("clientId"));
  if (client === undefined || client.secret !== members.text("clientSecret") || !isOfRegion(client, call))
    return problem("invalid_client", "Invalid client");
  if (client.expires <= world.now()) return problem("invalid_client", "The client registration has expired");
  return client;
}

/** A registration is known in its region only. A service's own port stands for every region. */
export function isOfRegion(client: Client, call: Call): boolean {
  return call.host === undefined || client.region === undefined || call.host.region === client.region;
}

/** Whether a client may use a grant: what it asked for, or without asking all but the authorization code. */
export function mayUse(client: Client, grantType: string): boolean {
  return client.grantTypes?.includes(grantType) ?? grantType !== AUTHORIZATION_CODE;
}
