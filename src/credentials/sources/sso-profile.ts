/** Identity Center as the place where credentials start, when a profile names it. Pure. */

import type { SharedConfig } from "../../config/profiles.ts";
import { type Profile, propertyLocation, propertyOf } from "../../config/section.ts";
import { Failure } from "../../lib/errors.ts";
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
  const { value } = account;
  if (!/^\d{12}$/.test(value)) {
    throw new Failure(
      "failed",
      `cannot use profile ${profile.name} (${propertyLocation(account)}): ${whyNoAccount(value)}`,
      { hints: [`write sso_account_id = ${digitsOf(value) ?? "012345678901, twelve digits"}`] },
    );
  }
  return {
    kind: "sso-role",
    accountId: value,
    roleName: role.value,
    portal: portalOfProfile(profile, config),
    from: `profile ${profile.name} (${propertyLocation(first)})`,
  };
}

function whyNoAccount(value: string): string {
  if (/^(["']).*\1$/.test(value)) return "sso_account_id is in quotes, which count as part of the value";
  if (/^\d+$/.test(value)) return `sso_account_id has ${value.length} digits, and an account id has 12`;
  return `sso_account_id is ${JSON.stringify(value)}, and an account id has twelve digits`;
}

/** The account id that was probably meant, with the leading zeros that a spreadsheet drops. */
function digitsOf(value: string): string | undefined {
  const digits = value.replace(/["'\s-]/g, "");
  return /^\d{1,12}$/.test(digits) ? digits.padStart(12, "0") : undefined;
}
