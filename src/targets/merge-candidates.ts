/** Profiles and the roles of portals as one list. Pure. */
import { optional } from "../lib/optional.ts";
import { portalKey } from "../lib/portal-key.ts";
import type { AccountAccess } from "../sso/list-access.ts";
import { type Candidate, sortedCandidates, type TargetOptions } from "./candidate.ts";

/** What a portal lists, and how its roles are taken. */
export interface ListedPortal {
  readonly startUrl: string | undefined;
  readonly ssoSession: string | undefined;
  /** The options that name the portal. */
  readonly options: TargetOptions;
  readonly accounts: readonly AccountAccess[];
}

/** Every role of every account, nearly in the order of the labels. */
export function roleCandidates(portal: ListedPortal): readonly Candidate[] {
  const { startUrl, ssoSession, options, accounts } = portal;
  const ofPortal = { ...optional("startUrl", startUrl), ...optional("ssoSession", ssoSession) };
  const candidates: Candidate[] = [];
  for (const { accountId, accountName, emailAddress, roles } of accounts) {
    const ofAccount = {
      accountId,
      ...optional("accountName", accountName),
      ...optional("email", emailAddress),
      ...ofPortal,
    };
    const named = { ...options, ssoAcctId: accountId };
    for (const roleName of roles)
      candidates.push({ ...ofAccount, roleName, options: { ...named, ssoRoleName: roleName } });
  }
  return candidates;
}

/** A profile and the listed role that it names are one candidate. In a stable order. */
export function mergeCandidates(
  profiles: readonly Candidate[],
  roles: readonly Candidate[],
): readonly Candidate[] {
  // Where a profile names no role of a portal, there is nothing to look up among ten thousand.
  const wanted = new Map<string, Candidate | undefined>();
  for (const profile of profiles) {
    const key = roleKey(profile);
    if (key !== undefined) wanted.set(key, undefined);
  }
  const others: Candidate[] = [];
  for (const role of roles) {
    const key = wanted.size === 0 ? undefined : roleKey(role);
    if (key !== undefined && wanted.has(key)) wanted.set(key, role);
    else others.push(role);
  }
  const merged = profiles.map((profile) => {
    const role = wanted.get(roleKey(profile) ?? "");
    if (role === undefined) return profile;
    const { accountName, email } = role;
    return { ...profile, ...optional("accountName", accountName), ...optional("email", email) };
  });
  return sortedCandidates([...merged, ...others]);
}

/** Undefined where the candidate is no role of a known portal. */
function roleKey({ startUrl, accountId, roleName }: Candidate): string | undefined {
  if (accountId === undefined || roleName === undefined) return undefined;
  return startUrl === undefined ? undefined : `${portalKey(startUrl)}\0${accountId}\0${roleName}`;
}
