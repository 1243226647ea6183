/** The roles of a cached listing as candidates. Pure. */
import { optional } from "../lib/optional.ts";
import { escaped, identityOf, type ListingParts } from "../sso/listing-file.ts";
import { type Candidate, sortKey, type TargetOptions } from "./candidate.ts";
import { type CandidateList, inList, searchedText } from "./candidate-list.ts";

/** What a portal lists, and how its roles are taken. */
export interface ListedPortal {
  readonly startUrl: string | undefined;
  readonly ssoSession: string | undefined;
  /** The options that name the portal. */
  readonly options: TargetOptions;
}

/** What a role must have to be a candidate. A member that is absent asks for nothing. */
export interface WantedRole {
  readonly accountId?: string;
  readonly roleName?: string;
}

/** Candidates that come from the lines of a listing. */
export interface ListedRoles extends CandidateList {
  /** As the listing has them. */
  readonly lines: readonly string[];
}

/** Every role of every account with the options that take it. */
export function listedRoles(
  portal: ListedPortal,
  { identities }: Pick<ListingParts, "identities">,
  wanted: WantedRole = {},
): ListedRoles {
  const lines = linesOf(identities, wanted);
  const made = new Map<number, Candidate>();
  // Cached, because a search looks at the same few again and again.
  const at = (index: number) => {
    const known = made.get(index) ?? roleCandidate(portal, inList(lines[index], index));
    made.set(index, known);
    return known;
  };
  return { length: lines.length, lines, texts: textsOf(lines, at), at, keyAt: (index) => sortKey(at(index)) };
}

function linesOf(identities: string, { accountId, roleName }: WantedRole): readonly string[] {
  const lines = identities.split("\n").slice(1, -1);
  if ((accountId ?? roleName) === undefined) return lines;
  const begin = accountId === undefined ? "" : `${accountId}\t`;
  const end = roleName === undefined ? "" : `\t${escaped(roleName)}`;
  return lines.filter((line) => line.startsWith(begin) && line.endsWith(end));
}

/** A line is searched as it is, unless it has a name with a character that a line cannot have. */
function textsOf(lines: readonly string[], at: (index: number) => Candidate): readonly string[] {
  const text = lines.join("\n");
  const texts = text === "" ? [] : text.toLowerCase().split("\n");
  if (!text.includes("\\")) return texts;
  return texts.map((line, index) => (line.includes("\\") ? searchedText(at(index)) : line));
}

function roleCandidate({ startUrl, ssoSession, options }: ListedPortal, line: string): Candidate {
  const { accountId, accountName, emailAddress, roleName } = identityOf(line);
  return {
    accountId,
    ...optional("accountName", accountName),
    ...optional("email", emailAddress),
    ...optional("startUrl", startUrl),
    ...optional("ssoSession", ssoSession),
    roleName,
    options: { ...options, ssoAcctId: accountId, ssoRoleName: roleName },
  };
}
