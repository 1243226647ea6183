/**
 * What target words choose from: a profile, a role of a portal, or both in one where the profile names the role. Where a
 * portal is to be chosen, the portals themselves: of a session or a profile, without account and role.
 */

/** The options that take a candidate. */
export interface TargetOptions {
  readonly profile?: string;
  readonly startUrl?: string;
  readonly ssoSession?: string;
  readonly useCache?: true;
  /** Twelve digits. */
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
  readonly region?: string;
}

export interface Candidate {
  readonly profile?: string;
  /** Twelve digits. */
  readonly accountId?: string;
  readonly accountName?: string;
  readonly email?: string;
  readonly roleName?: string;
  readonly startUrl?: string;
  readonly ssoSession?: string;
  /** The profile's own `region`. */
  readonly region?: string;
  readonly options: TargetOptions;
}

/** The name that a person sees and can type: the profile's, else ACCOUNT/ROLE; of a portal its session's. */
export function labelOf({
  profile,
  accountId,
  accountName,
  roleName,
  ssoSession,
  startUrl,
}: Candidate): string {
  if (profile !== undefined) return profile;
  const account = accountName ?? accountId;
  if (account === undefined && roleName === undefined) return ssoSession ?? startUrl ?? "?";
  return `${account ?? "?"}/${roleName ?? "?"}`;
}

/**
 * Candidates stand in code-point order of this key: of the labels, then of what tells two of one label apart. A candidate
 * keeps it from one listing to the next.
 */
export function sortKey(candidate: Candidate): string {
  const { accountId = "", roleName = "", startUrl = "" } = candidate;
  return `${labelOf(candidate)}\0${accountId}\0${roleName}\0${startUrl}`;
}

/** The options that take a candidate, as words of a command line. */
export function optionWords(options: TargetOptions): readonly string[] {
  const { profile, startUrl, ssoSession, useCache, ssoAcctId, ssoRoleName, region } = options;
  const pairs: readonly (readonly [name: string, value: string | undefined])[] = [
    ["--profile", profile],
    ["--sso-session", ssoSession],
    ["--start-url", startUrl],
    ["--sso-acct-id", ssoAcctId],
    ["--sso-role-name", ssoRoleName],
    ["--region", region],
  ];
  const words = pairs.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return useCache ? ["--use-cache", ...words] : words;
}
