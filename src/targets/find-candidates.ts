/** Finds the candidates that target words mean: in the files and cached listings, then at the portals. */
import { optional } from "../lib/optional.ts";
import type { Candidate } from "./candidate.ts";
import type { CandidateList } from "./candidate-list.ts";
import { type KnownPortal, knownPortals } from "./known-portals.ts";
import { matching } from "./match-words.ts";
import { mergeCandidates } from "./merge-candidates.ts";
import {
  type Asking,
  cachedListings,
  type PortalListing,
  rolesOf,
  updateListings,
} from "./portal-listings.ts";
import { profileCandidates } from "./profile-candidates.ts";
import type { TargetRequest, TargetRun } from "./target-run.ts";

export interface FoundCandidates {
  /** Every candidate. */
  readonly all: CandidateList;
  /** The indexes of those that the words mean, ascending. */
  readonly matches: readonly number[];
  readonly listings: readonly PortalListing[];
  /** The profiles among the candidates, as the files have them. */
  readonly profiles: readonly Candidate[];
}

/** Whether an option names a portal, an account or a role, so that profiles are no candidates. */
export function namesIdentityCenter(request: TargetRequest): boolean {
  const { startUrl, ssoSession, ssoAccessToken, accesstokenCache, ssoAcctId, ssoRoleName } = request;
  return (
    (startUrl ?? ssoSession ?? ssoAccessToken ?? accesstokenCache ?? ssoAcctId ?? ssoRoleName) !== undefined
  );
}

export interface FindingCandidates {
  readonly reload: "always" | "if-nothing-matches" | "never";
  /** The rule by which words select. */
  readonly match?: typeof matching;
  /** Lets the person choose among several portals the one to sign in to; undefined where there is no terminal. */
  readonly choosePortal?: (portals: readonly KnownPortal[]) => Promise<KnownPortal | undefined>;
}

/**
 * Portals without a cached listing are asked, and all of them once where nothing matches. The `reload` "always" asks all in
 * any case, and "never" asks none. Where nothing matches and none of several portals has a sign-in or a listing, the
 * chosen one is signed in to and searched alone. Throws a Failure, not for a result without matches.
 */
export async function findCandidates(
  words: readonly string[],
  run: TargetRun,
  { reload, match = matching, choosePortal }: FindingCandidates,
): Promise<FoundCandidates> {
  const profiles = namesIdentityCenter(run.request) ? [] : profileCandidates(run.config);
  const portals = await knownPortals(run);
  let found = select(words, run, profiles, await cachedListings(portals, run), match);
  const update = async (asking: Asking) => {
    const listings = await updateListings(found.listings, asking, run);
    if (listings !== found.listings) found = select(words, run, profiles, listings, match);
  };
  if (reload === "never") return found;
  await update(reload === "always" ? "all" : "missing");
  if (found.matches.length === 0) await update("all");
  if (found.matches.length === 0 && portals.length > 1 && isBlind(found)) {
    const portal = await choosePortal?.(portals);
    if (portal !== undefined) {
      found = { ...found, listings: [{ portal, listing: undefined }] };
      await update("missing");
    }
  }
  for (const { portal, failure } of found.listings) {
    if (failure === undefined) continue;
    run.context.system.stderr(
      `aws-login: warning: the accounts and roles of ${portal.startUrl ?? "a portal"} are not up to date: ${failure.message}`,
    );
  }
  return found;
}

/** Whether there are portals, and all of them wait for a sign-in: none could be searched. */
export function isBlind({ listings }: Pick<FoundCandidates, "listings">): boolean {
  const needing = listings.filter(
    ({ portal, listing }) => listing === undefined && portal.signIn === "needed",
  );
  return needing.length > 0 && needing.length === listings.length;
}

/** The candidates as the profiles and these listings have them. Pure. */
export function select(
  words: readonly string[],
  { request }: Pick<TargetRun, "request">,
  profiles: readonly Candidate[],
  listings: readonly PortalListing[],
  match: typeof matching,
): FoundCandidates {
  const { ssoAcctId, ssoRoleName } = request;
  const wanted = { ...optional("accountId", ssoAcctId), ...optional("roleName", ssoRoleName) };
  const all = mergeCandidates(profiles, rolesOf(listings, wanted));
  return { all, matches: match(words, all), listings, profiles };
}
