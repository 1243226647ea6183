import { createHash } from "node:crypto";
import type { Client } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import { AUTHORIZATION_CODE, DEVICE_CODE, mayUse, REFRESH_TOKEN, readClient } from "./clients.ts";
import { redeemDeviceCode } from "./device-code.ts";
import type { Members } from "./json-body.ts";
import { problem } from "./oidc-error.ts";
import type { OidcOutcome, Operation } from "./operation.ts";
import { signedIn, tokensOutcome } from "./tokens.ts";

type Grant = (members: Members, client: Client, world: World) => OidcOutcome;

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  [DEVICE_CODE, redeemDeviceCode],
  [AUTHORIZATION_CODE, redeemAuthorizationCode],
  [REFRESH_TOKEN, redeemRefreshToken],
]);

/** CreateToken with the grants of public clients. `scope` is taken and has no effect. */
export const createToken: Operation = {
  shape: {
    clientId: "text",
    clientSecret: "text",
    grantType: "text",
    "deviceCode?": "text",
    "code?": "text",
    "redirectUri?": "text",
    "codeVerifier?": "text",
    "refreshToken?": "text",
    "scope?": "list",
  },
  perform(members, call, world) {
    const client = readClient(members, call, world);
    if ("error" in client) return client;
    const grantType = members.text("grantType");
    const grant = GRANTS.get(grantType);
    if (grant === undefined) return problem("unsupported_grant_type", "The grant type is not known");
    if (!mayUse(client, grantType))
      return problem("unauthorized_client", "The client is not registered for this grant");
    return grant(members, client, world);
  },
};

/** A code works once, also when it is presented wrongly. */
function redeemAuthorizationCode(members: Members, client: Client, world: World): OidcOutcome {
  const [code, verifier] = [members.text("code"), members.text("codeVerifier")];
  if (code === "" || verifier === "" || members.text("redirectUri") === "")
    return problem("invalid_request", "The grant needs code, codeVerifier and redirectUri");
  const { codeGrants } = world.identityCenter;
  const grant = codeGrants.get(code);
  if (grant === undefined || grant.client !== client)
    return problem("invalid_grant", "The authorization code is not valid");
  codeGrants.delete(code);
  if (grant.expires <= world.now()) return problem("invalid_grant", "The authorization code has expired");
  if (grant.redirectUri !== members.text("redirectUri"))
    return problem("invalid_grant", "The redirect URI is not the one of the authorization");
  const isRight = /^[\w.~-]{43,128}$/.test(verifier) && challengeOf(verifier) === grant.challenge;
  if (!isRight) return problem("invalid_grant", "The code verifier is not right");
  return signedIn(client, grant.instance, world);
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function redeemRefreshToken(members: Members, client: Client, world: World): OidcOutcome {
  const { refreshTokens, settings } = world.identityCenter;
  const token = members.text("refreshToken");
  if (token === "") return problem("invalid_request", "The grant needs refreshToken");
  const signIn = refreshTokens.get(token);
  if (signIn === undefined || signIn.client !== client || signIn.over)
    return problem("invalid_grant", "Invalid refresh token provided");
  if (signIn.ends <= world.now()) return problem("expired_token", "The refresh token has expired");
  if (settings.refreshTokens === "left-out") return tokensOutcome(signIn, "none", world);
  if (settings.refreshTokens === "preserve") return tokensOutcome(signIn, { preserved: token }, world);
  refreshTokens.delete(token);
  return tokensOutcome(signIn, "new", world);
}
