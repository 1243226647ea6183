/** Logging in to Identity Center with an authorization code that a browser brings back (RFC 8252, RFC 7636). */
import { authorizeUrl } from "../../aws/sso/authorize-url.ts";
import { type Client, createToken, type NewToken } from "../../aws/sso/oidc.ts";
import { codeChallenge, codeVerifier } from "../../lib/pkce.ts";
import { uuidOf } from "../../lib/uuid.ts";
import { authorizationCode, type CodeOutcome } from "./authorization-code.ts";
import type { FlowChoice } from "./choose-flow.ts";
import type { LoginContext, Portal } from "./context.ts";

/** Throws a Failure; `oidcError` has the code of a refusal. */
export async function loginInBrowser(
  context: LoginContext,
  client: Client,
  portal: Portal,
  choice: Pick<FlowChoice, "browser" | "elsewhere">,
): Promise<CodeOutcome<NewToken>> {
  const { system } = context;
  const verifier = codeVerifier(system.randomBytes(64));
  const state = uuidOf(system.randomBytes(16));
  return authorizationCode({
    ...{ system, choice, state },
    to: portal.startUrl,
    page: (redirectUri) =>
      authorizeUrl(context.oidc().endpoint, {
        clientId: client.clientId,
        redirectUri,
        state,
        scopes: portal.scopes,
        codeChallenge: codeChallenge(verifier),
      }),
    trade: (code, redirectUri) =>
      createToken(context.oidc(), client, {
        kind: "authorization-code",
        ...{ code, redirectUri },
        codeVerifier: verifier,
      }),
  });
}
