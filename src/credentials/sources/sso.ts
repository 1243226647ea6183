/** Identity Center: the role that options or a profile name, and its credentials. */
import { type Partition, partitionOfRegion } from "../../aws/endpoints/partitions.ts";
import type { PortalCaller } from "../../aws/sso/portal-operations.ts";
import { regionOfStartUrl } from "../../aws/sso/start-url.ts";
import type { SharedConfig } from "../../config/profiles.ts";
import { checkedRegion, type RegionChoice } from "../../config/region.ts";
import { type Profile, type Property, propertyLocation, propertyOf } from "../../config/section.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import { type PortalOptions, portalOfOptions } from "../../sso/portal-of-options.ts";
import { lacking, portalOfProfile } from "../../sso/portal-of-profile.ts";
import { isOwnHost } from "../../sso/token-location.ts";

/** A role (permission set) of an account in Identity Center. */
export interface SsoSource {
  readonly kind: "sso-role";
  /** "Identity Center", or "profile dev (…/config:12)". */
  readonly from: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly roleName: string;
  readonly portal: PortalChoice;
  /** That of the portal. Undefined where only the stored token, or a login on a company's own host, tells its region. */
  readonly partition?: Partition;
}

export interface SsoRoleOptions extends PortalOptions {
  /** Twelve digits. */
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
}

export interface SsoOptionInputs {
  readonly request: SsoRoleOptions & { readonly profile?: string };
  readonly config: SharedConfig;
  /** The chosen profile. */
  readonly profile: Profile | undefined;
  /** The region of the run. */
  readonly region: RegionChoice | undefined;
}

/**
 * The role of `--sso-acct-id` and `--sso-role-name`, in the portal that `--profile` or another option names, else in
 * that of the profile in use. Throws a usage Failure when none names a portal.
 */
export function ssoSourceOfOptions(
  role: { readonly accountId: string; readonly roleName: string },
  { request, config, profile, region }: SsoOptionInputs,
): SsoSource {
  const named = request.profile === undefined ? portalOfOptions(request, config) : undefined;
  const portal =
    named === undefined ? portalOfSettings(request, config, profile) : inPartition(named, request, region);
  return {
    kind: "sso-role",
    from: "Identity Center",
    ...role,
    portal,
    ...optional("partition", partitionOfPortal(portal)),
  };
}

function portalOfSettings(
  request: SsoOptionInputs["request"],
  config: SharedConfig,
  profile: Profile | undefined,
): PortalChoice {
  const hasPortal =
    profile !== undefined &&
    (propertyOf(profile, "sso_session") ?? propertyOf(profile, "sso_start_url")) !== undefined;
  if (profile !== undefined && (hasPortal || request.profile !== undefined))
    return portalOfProfile(profile, config);
  throw new Failure("usage", "--sso-acct-id needs an option that names the portal", {
    hints: [
      "add --start-url URL, --sso-session NAME, --profile NAME for the portal of a profile, or --use-cache for the portal used last",
    ],
  });
}

/**
 * A portal for which neither `--sso-region` nor the start URL names a region is asked in the partition of the run's
 * region: its token must not be sent to another partition.
 */
function inPartition(
  portal: PortalChoice,
  { ssoRegion, startUrl }: SsoRoleOptions,
  region: RegionChoice | undefined,
): PortalChoice {
  if (portal.kind !== "token" && portal.kind !== "memory") return portal;
  if (region === undefined || ssoRegion !== undefined) return portal;
  if (startUrl !== undefined && regionOfStartUrl(startUrl) !== undefined) return portal;
  const partition = partitionOfRegion(region.region);
  return partition === partitionOfRegion(portal.region)
    ? portal
    : { ...portal, region: partition.globalRegion };
}

/**
 * The role of a profile that names an account or a role; undefined when it names neither, for such a profile serves
 * only to sign in. Throws a Failure for settings that are missing or contradict each other.
 */
export function ssoSourceOfProfile(profile: Profile, config: SharedConfig): SsoSource | undefined {
  const account = propertyOf(profile, "sso_account_id");
  const role = propertyOf(profile, "sso_role_name");
  const first = account ?? role;
  if (first === undefined) return undefined;
  if (account === undefined) throw lacking(profile, first, "sso_account_id");
  if (role === undefined) throw lacking(profile, first, "sso_role_name");
  const portal = portalOfProfile(profile, config);
  return {
    kind: "sso-role",
    accountId: checkedAccount(profile, account),
    roleName: role.value,
    portal,
    ...optional("partition", partitionOfPortal(portal)),
    from: `profile ${profile.name} (${propertyLocation(first)})`,
  };
}

function partitionOfPortal({ region, startUrl }: PortalChoice): Partition | undefined {
  if (region === undefined || isOwnHost(startUrl)) return undefined;
  return partitionOfRegion(checkedRegion({ value: region, source: "sso_region" }).region);
}

/** The AWS CLI sends any value, and the portal refuses a wrong one without a reason. Digits are sent as they are. */
function checkedAccount(profile: Profile, account: Property): string {
  const { value } = account;
  if (/^\d+$/.test(value)) return value;
  throw new Failure(
    "failed",
    `cannot use profile ${profile.name} (${propertyLocation(account)}): ${whyNoAccount(value)}`,
    { hints: [`write sso_account_id = ${digitsOf(value) ?? "012345678901, twelve digits"}`] },
  );
}

function whyNoAccount(value: string): string {
  if (/^(["']).*\1$/.test(value)) return "sso_account_id is in quotes, which count as part of the value";
  return `sso_account_id is ${JSON.stringify(value)}, and an account id has twelve digits`;
}

/** The account id that was probably meant, with the leading zeros that a spreadsheet drops. */
function digitsOf(value: string): string | undefined {
  const digits = value.replace(/["'\s-]/g, "");
  return /^\d{1,12}$/.test(digits) ? digits.padStart(12, "0") : undefined;
}

/** Throws a Failure that names role and account. The refusal of a role the person does not have leads to no sign-in. */
export async function ssoRoleCredentials(
  portal: PortalAccess,
  role: { readonly accountId: string; readonly roleName: string },
): Promise<Credentials> {
  const doing = `cannot get the credentials of role ${role.roleName} in account ${role.accountId}`;
  const { getRoleCredentials } = await import("../../aws/sso/portal-operations.ts");
  /** The last error of the role request itself, and its caller: a sign-in that precedes it has errors of its own. */
  let ofRole: { readonly error: unknown; readonly caller: PortalCaller } | undefined;
  try {
    return await portal.ask(async (caller) => {
      try {
        return await getRoleCredentials(caller, role);
      } catch (error) {
        ofRole = { error, caller };
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "failed") throw error;
    const { serviceError } = error;
    if (serviceError === undefined) throw error === ofRole?.error ? attempted(error, doing) : error;
    const { status, requestId } = serviceError;
    const { isServicesOwn } = await import("../../aws/http/unexpected-response.ts");
    const notes = requestId === undefined ? [] : [`request ${requestId}`];
    const isRefused = isServicesOwn(serviceError) && (status === 403 || status === 404);
    if (!isRefused || error !== ofRole?.error) throw attempted(error, doing, { notes });
    const { roleHints } = await import("../../sso/role-hints.ts");
    const hints = await roleHints(ofRole.caller, role, portal.prompt);
    throw attempted(error, `${doing}: you have no such role there`, { notes, hints });
  }
}
