import type { Client } from "../world/sign-in.ts";
import { ACCOUNT_ACCESS, AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN } from "./clients.ts";
import { problem } from "./oidc-error.ts";
import type { Operation } from "./operation.ts";
import { mayRegister } from "./redirect-uri.ts";

const GRANT_TYPES: readonly string[] = [DEVICE_CODE, AUTHORIZATION_CODE, REFRESH_TOKEN];

const SCOPES: readonly string[] = [
  ACCOUNT_ACCESS,
  "codewhisperer:analysis",
  "codewhisperer:completions",
  "codewhisperer:conversations",
];

/** RegisterClient: anyone may register; only the authorization code grant needs to say where it returns to. */
export const registerClient: Operation = {
  shape: {
    clientName: "text",
    clientType: "text",
    "scopes?": "list",
    "grantTypes?": "list",
    "redirectUris?": "list",
    "issuerUrl?": "text",
    "entitledApplicationArn?": "text",
  },
  perform(members, call, world) {
    if (members.text("clientType") !== "public")
      return problem("invalid_client_metadata", "The client type is not public");
    const scopes = members.list("scopes") ?? [];
    const grantTypes = members.list("grantTypes");
    const redirectUris = members.list("redirectUris") ?? [];
    if (!scopes.every((scope) => SCOPES.includes(scope)))
      return problem("invalid_scope", "A scope is not known");
    if (grantTypes !== undefined && !grantTypes.every((grantType) => GRANT_TYPES.includes(grantType)))
      return problem("unsupported_grant_type", "A grant type is not known");
    if (!redirectUris.every(mayRegister))
      return problem(
        "invalid_redirect_uri",
        "A redirect URI is neither on the loopback address nor over TLS",
      );

    const issuerUrl = members.text("issuerUrl");
    const instance = world.identityCenter.instance(issuerUrl);
    const region = call.host?.region;
    if (issuerUrl !== "" && (instance === undefined || (region ?? instance.region) !== instance.region))
      return problem("invalid_request", "The issuer URL is not one of this region");
    if (grantTypes?.includes(AUTHORIZATION_CODE)) {
      if (redirectUris.length === 0)
        return problem("invalid_redirect_uri", "The authorization code grant needs redirect URIs");
      if (instance === undefined)
        return problem("invalid_request", "The authorization code grant needs an issuer URL");
    }

    const issued = Math.floor(world.now() / 1000);
    const { id, secret } = world.keys.client();
    const expires = issued + world.identityCenter.settings.registrationLife;
    const name = members.text("clientName");
    const client: Client = {
      id,
      secret,
      name,
      region,
      expires: expires * 1000,
      scopes,
      grantTypes,
      redirectUris,
      instance,
    };
    world.identityCenter.clients.set(id, client);
    return {
      value: {
        clientId: id,
        clientSecret: secret,
        clientIdIssuedAt: issued,
        clientSecretExpiresAt: expires,
      },
    };
  },
};
