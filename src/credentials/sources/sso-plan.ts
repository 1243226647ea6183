/** Identity Center as the place where credentials start, when options name it. */
import type { SharedConfig } from "../../config/profiles.ts";
import { Failure } from "../../lib/errors.ts";
import { type PortalOptions, portalOfOptions } from "../../sso/portal-of-options.ts";
import type { SsoSource } from "./types.ts";

export interface SsoRoleOptions extends PortalOptions {
  /** Twelve digits. */
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
}

/** Undefined when the options name no account and role: then the credentials start elsewhere. Throws a Failure. */
export function ssoSourceOfOptions(options: SsoRoleOptions, config: SharedConfig): SsoSource | undefined {
  const { ssoAcctId: accountId, ssoRoleName: roleName } = options;
  if (accountId === undefined || roleName === undefined) return undefined;
  const portal = portalOfOptions(options, config);
  if (portal === undefined) {
    throw new Failure("usage", "--sso-acct-id needs an option that names the portal", {
      hints: ["add --start-url URL, --sso-session NAME, or --use-cache for the portal used last"],
    });
  }
  return { kind: "sso-role", from: "Identity Center", accountId, roleName, portal };
}
