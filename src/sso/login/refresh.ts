/** Renewing an access token with its refresh token, without a person. */

import { createToken, oidcError } from "../../aws/sso/oidc.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { StoredToken, TokenMembers } from "../token-file.ts";
import type { LoginContext } from "./context.ts";

/** Errors after which the refresh token, or the client that it was issued to, is invalid. */
const finalErrors: ReadonlySet<string> = new Set([
  "invalid_grant",
  "expired_token",
  "invalid_client",
  "unauthorized_client",
  "access_denied",
]);

/**
 * The members of the new token. A response without a refresh token leaves the old one valid. Throws a Failure;
 * `refusesForGood` tells whether another attempt could help.
 */
export async function refreshToken(
  context: Pick<LoginContext, "system" | "oidc">,
  token: StoredToken,
): Promise<TokenMembers> {
  const { fields: _, ...known } = token;
  const { clientId = "", clientSecret = "", refreshToken: spent = "" } = token;
  const renewed = await createToken(
    context.oidc(),
    { clientId, clientSecret },
    { kind: "refresh-token", refreshToken: spent },
  );
  return {
    ...known,
    accessToken: renewed.accessToken,
    expiresAt: formatIsoTime(context.system.now() + renewed.expiresIn * 1000),
    refreshToken: renewed.refreshToken ?? spent,
  };
}

/** Whether only a new sign-in can help. A failed connection is no reason for one. */
export function refusesForGood(error: unknown): boolean {
  return finalErrors.has(oidcError(error) ?? "");
}
