/** Identity Center as the place where credentials start, when a profile names it. Pure. */

import type { SharedConfig } from "../../config/profiles.ts";
import { type Profile, propertyLocation, propertyOf } from "../../config/section.ts";
import { lacking, portalOfProfile } from "../../sso/portal-of-profile.ts";
import type { SsoSource } from "./types.ts";

/**
 * The role of a profile that names an account or a role, or undefined when it names neither: then it gives tokens at
 * most. Throws a Failure for settings that are missing or contradict each other.
 */
export function ssoSourceOfProfile(profile: Profile, config: SharedConfig): SsoSource | undefined {
  const account = propertyOf(profile, "sso_account_id");
  const role = propertyOf(profile, "sso_role_name");
  const first = account ?? role;
  if (first === undefined) return undefined;
  if (account === undefined) throw lacking(profile, first, "sso_account_id");
  if (role === undefined) throw lacking(profile, first, "sso_role_name");
  return {
    kind: "sso-role",
    accountId: account.value,
    roleName: role.value,
    portal: portalOfProfile(profile, config),
    from: `profile ${profile.name} (${propertyLocation(first)})`,
  };
}
