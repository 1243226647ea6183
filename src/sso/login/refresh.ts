/** Renewing a token with its refresh token, without anybody being asked. */

import { createToken, oidcError } from "../../aws/sso/oidc.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { StoredToken, TokenMembers } from "../token-file.ts";
import type { LoginContext } from "./context.ts";

/** Answers after which the refresh token, or the client it belongs to, is of no use any more. */
const dead: ReadonlySet<string> = new Set([
  "invalid_grant",
  "expired_token",
  "invalid_client",
  "unauthorized_client",
  "access_denied",
]);

/**
 * The members of the new token. An answer without a refresh token leaves the old one in force. Throws a Failure, of
 * which `refusesForGood` tells whether trying again could help.
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

/** Whether only a new sign-in can help. A network that is down is no reason for one. */
export function refusesForGood(error: unknown): boolean {
  return dead.has(oidcError(error) ?? "");
}
