/** The errors for target words that mean no identity, or several. Pure. */
import { Failure } from "../lib/errors.ts";
import { type Candidate, labelOf } from "./candidate.ts";
import { type FoundCandidates, isBlind } from "./find-candidates.ts";
import { nearestLabels } from "./match-words.ts";

/** How many of several candidates a message names. */
const NAMED = 10;

/** Sign-ins that a hint names. */
const HINTED_SIGN_INS = 3;

/** What was looked for, for messages: the words, and the account or role of the options. */
export function wanted(
  words: readonly string[],
  request: { readonly ssoAcctId?: string; readonly ssoRoleName?: string },
): string {
  const { ssoAcctId, ssoRoleName } = request;
  const parts = [
    words.length === 0 ? undefined : `"${words.join(" ")}"`,
    ssoAcctId && `--sso-acct-id ${ssoAcctId}`,
    ssoRoleName && `--sso-role-name ${ssoRoleName}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "the portal" : parts.join(" and ");
}

/** Of kind `sign-in-needed` where no portal could be searched for lack of a sign-in. */
export function noMatch(
  words: readonly string[],
  what: string,
  found: FoundCandidates,
  moreHints: readonly string[] = [],
): Failure {
  const { all, listings } = found;
  const unsearched = listings.filter(({ listing }) => listing === undefined);
  const signedOut = unsearched.filter(({ portal }) => portal.signIn === "needed");
  const blind = isBlind(found);
  const signIns = signedOut
    .slice(0, HINTED_SIGN_INS)
    .map(
      ({ portal }) =>
        `to search ${portal.startUrl ?? "the portal"}${blind ? "" : " as well"}: aws-login login ${portal.shown}`,
    );
  const near = nearestLabels(words, all);
  const names =
    near.length === 0
      ? []
      : [near.length === 1 ? `did you mean ${near[0]}?` : `the nearest names are: ${near.join(", ")}`];
  const see = blind || near.length > 0 ? [] : seeAll(found);
  const why = blind
    ? "no profile matches, and no portal is signed in to"
    : "no profile, account or role matches";
  return new Failure(
    blind ? "sign-in-needed" : "no-credentials",
    `cannot find an identity for ${what}: ${why}`,
    {
      hints: [
        ...moreHints,
        ...names,
        ...see,
        ...signIns,
        ...(listings.length === 0 && all.length === 0 ? [NO_PORTAL] : []),
      ],
    },
  );
}

function seeAll({ all, listings }: FoundCandidates): readonly string[] {
  if (all.length > 0) return [`for all ${all.length} names: aws-login list`];
  return listings.length > 0 ? ["for your accounts and roles: aws-login list"] : [];
}

const NO_PORTAL = "to sign in to Identity Center: aws-login login --start-url URL";

/** `why` says what keeps the person from choosing. */
export function severalMatches(what: string, matches: readonly Candidate[], why: string): Failure {
  const more = matches.length - NAMED;
  return new Failure("usage", `cannot choose an identity for ${what}: ${matches.length} match, and ${why}`, {
    notes: [
      ...matches.slice(0, NAMED).map(described),
      ...(more > 0 ? [`and ${more} more: aws-login list shows them all`] : []),
    ],
    hints: ["add a word, or name one exactly: a profile, or ACCOUNT/ROLE"],
  });
}

/** The name, and what tells it from others of the same name. */
function described(candidate: Candidate): string {
  const { profile, accountId, accountName, roleName, startUrl } = candidate;
  const role =
    accountId && `${accountName ? `${accountName} ` : ""}${accountId}${roleName ? `/${roleName}` : ""}`;
  const about = profile === undefined ? [accountId, startUrl] : [role];
  const known = about.filter((part) => part !== undefined);
  return known.length === 0 ? labelOf(candidate) : `${labelOf(candidate)} (${known.join(", ")})`;
}
