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

/** Every role of every account. */
export function roleCandidates(portal: ListedPortal): readonly Candidate[] {
  const { startUrl, ssoSession, options, accounts } = portal;
  const ofPortal = { ...optional("startUrl", startUrl), ...optional("ssoSession", ssoSession) };
  return accounts.flatMap(({ accountId, accountName, emailAddress, roles }) =>
    roles.map((roleName) => ({
      accountId,
      ...optional("accountName", accountName),
      ...optional("email", emailAddress),
      roleName,
      ...ofPortal,
      options: { ...options, ssoAcctId: accountId, ssoRoleName: roleName },
    })),
  );
}

/** A profile and the listed role that it names are one candidate. In a stable order. */
export function mergeCandidates(
  profiles: readonly Candidate[],
  roles: readonly Candidate[],
): readonly Candidate[] {
  const byRole = new Map<string, Candidate>();
  for (const role of roles) byRole.set(roleKey(role) ?? "", role);
  const named = new Set<string>();
  const merged = profiles.map((profile) => {
    const key = roleKey(profile);
    const role = key === undefined ? undefined : byRole.get(key);
    if (key === undefined || role === undefined) return profile;
    named.add(key);
    const { accountName, email } = role;
    return { ...profile, ...optional("accountName", accountName), ...optional("email", email) };
  });
  return sortedCandidates([...merged, ...roles.filter((role) => !named.has(roleKey(role) ?? ""))]);
}

/** Undefined where the candidate is no role of a known portal. */
function roleKey({ startUrl, accountId, roleName }: Candidate): string | undefined {
  if (accountId === undefined || roleName === undefined) return undefined;
  return startUrl === undefined ? undefined : [portalKey(startUrl), accountId, roleName].join("\0");
}
