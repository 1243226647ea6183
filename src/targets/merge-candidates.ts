/** Profiles and the roles of portals as one list. Pure. */
import { optional } from "../lib/optional.ts";
import { portalKey } from "../lib/portal-key.ts";
import { escaped } from "../sso/listing-file.ts";
import type { Candidate } from "./candidate.ts";
import { type CandidateList, candidateList, mergedLists, withoutIndexes } from "./candidate-list.ts";
import type { ListedRoles } from "./listed-roles.ts";

/** Listed roles, and the portal that lists them. */
export interface RolesOfPortal {
  readonly startUrl: string | undefined;
  readonly roles: ListedRoles;
}

/**
 * A profile and the listed role that it names are one candidate. Where the role's portal is signed in to in the own cache,
 * it is taken from there with the profile's region: the profile would need a further sign-in. In a stable order.
 */
export function mergeCandidates(
  profiles: readonly Candidate[],
  portals: readonly RolesOfPortal[],
): CandidateList {
  let named = profiles;
  const others: CandidateList[] = [];
  for (const { startUrl, roles } of portals) {
    const keys = named.map((profile) => roleKey(profile, startUrl));
    const found = indexesOf(new Set(keys.filter((key) => key !== undefined)), roles);
    named = named.map((profile, at) => withRole(profile, roles, found.get(keys[at] ?? "")));
    others.push(withoutIndexes(roles, [...found.values()]));
  }
  return others.reduce(mergedLists, candidateList(named));
}

/** The role of this portal that the profile names, as a line of a listing has it; undefined where it names none. */
function roleKey(profile: Candidate, portal: string | undefined): string | undefined {
  const { startUrl, accountId, roleName } = profile;
  if (startUrl === undefined || accountId === undefined || roleName === undefined) return undefined;
  if (portal === undefined || portalKey(startUrl) !== portalKey(portal)) return undefined;
  return `${accountId}\t${escaped(roleName)}`;
}

/** Where the list has these roles, ascending. Where there are none, none is looked for among ten thousand. */
function indexesOf(keys: ReadonlySet<string>, { lines }: ListedRoles): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let index = 0; keys.size > 0 && index < lines.length; index++) {
    const line = lines[index] ?? "";
    const key = line.slice(0, line.indexOf("\t")) + line.slice(line.lastIndexOf("\t"));
    if (keys.has(key)) found.set(key, index);
  }
  return found;
}

function withRole(profile: Candidate, roles: ListedRoles, index: number | undefined): Candidate {
  if (index === undefined) return profile;
  const { accountName, email, options: ofRole } = roles.at(index);
  const options = ofRole.useCache ? { ...ofRole, ...optional("region", profile.region) } : profile.options;
  return { ...profile, ...optional("accountName", accountName), ...optional("email", email), options };
}
