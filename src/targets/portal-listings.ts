/** The listings of the known portals: cached, or asked for where a sign-in allows it. */
import { Failure } from "../lib/errors.ts";
import { noProgressLine, progressLine } from "../lib/progress-line.ts";
import { type AccessLists, listAccess, portalLists } from "../sso/list-access.ts";
import { readListing, writeListing } from "../sso/listing-cache.ts";
import { formatListing, type ListingParts, listingParts } from "../sso/listing-file.ts";
import { openPortal, type PortalAccess } from "../sso/portal.ts";
import type { Candidate } from "./candidate.ts";
import type { KnownPortal } from "./known-portals.ts";
import { listedRoles, type WantedRole } from "./listed-roles.ts";
import type { RolesOfPortal } from "./merge-candidates.ts";
import type { TargetRun } from "./target-run.ts";

/** A portal and what is known of its accounts and roles so far. */
export interface PortalListing {
  readonly portal: KnownPortal;
  /** Undefined while there is none. */
  readonly listing: ListingParts | undefined;
  /** The portal, once this run has asked it. */
  readonly access?: PortalAccess;
  /** Why the portal could not be asked. */
  readonly failure?: Failure;
}

/** `cached` asks no portal, `missing` those without a cached listing, `all` every one that was not asked in this run. */
export type Asking = "cached" | "missing" | "all";

export async function cachedListings(
  portals: readonly KnownPortal[],
  { context, folder, trace }: TargetRun,
): Promise<readonly PortalListing[]> {
  return Promise.all(
    portals.map(async (portal) => {
      const name = portal.listingName;
      const listing = name === undefined ? undefined : await readListing(context.system, folder, name, trace);
      return { portal, listing };
    }),
  );
}

/**
 * Asks the portals that have a usable sign-in. Where none has one, the only portal is signed in to first, as far as the
 * options allow. A portal that cannot be asked has the Failure beside its old listing; of the only one it is thrown. Every
 * new listing is cached. The listing ends, as interrupted, when `isWanted` answers false.
 */
export async function updateListings(
  listings: readonly PortalListing[],
  asking: Asking,
  run: TargetRun,
  isWanted: () => boolean = () => true,
): Promise<readonly PortalListing[]> {
  const only = listings.length === 1;
  const wanted = listings.filter(
    ({ portal, listing, access }) =>
      access === undefined &&
      (asking === "all" || (asking === "missing" && listing === undefined)) &&
      (only || portal.signIn === "usable"),
  );
  if (wanted.length === 0) return listings;
  const { system } = run.context;
  const shows = !run.request.verbose && (await system.stderrIsTerminal());
  const line = shows ? progressLine(system) : noProgressLine;
  const counts = new Map<PortalListing, number>();
  const progress = (of: PortalListing, roles: number) => {
    counts.set(of, roles);
    line.show(
      `listing your accounts and roles: ${[...counts.values()].reduce((sum, count) => sum + count, 0)}`,
    );
  };
  const quiet = { ...run, context: { ...run.context, system: { ...system, stderr: lineByLine } } };
  function lineByLine(text: string): void {
    line.clear();
    system.stderr(text);
  }
  try {
    return await Promise.all(
      listings.map(async (known) => {
        if (!wanted.includes(known)) return known;
        try {
          const signIn = only ? run.request.signIn : "never";
          return {
            portal: known.portal,
            ...(await ask(known.portal, signIn, quiet, {
              isWanted,
              progress: (roles) => progress(known, roles),
            })),
          };
        } catch (error) {
          if (only || !(error instanceof Failure) || error.kind === "interrupted") throw error;
          return { ...known, failure: error };
        }
      }),
    );
  } finally {
    line.clear();
  }
}

async function ask(
  portal: KnownPortal,
  signIn: TargetRun["request"]["signIn"],
  { context, folder, trace }: TargetRun,
  { isWanted, progress }: { readonly isWanted: () => boolean; readonly progress: (roles: number) => void },
): Promise<Required<Pick<PortalListing, "listing" | "access">>> {
  const { system, options } = context;
  const access = await openPortal(portal.choice, { ...context, options: { ...options, signIn } });
  await access.ready();
  const { accounts } = await system.interruptible("listing your accounts and roles", () =>
    listAccess(whileWanted(portalLists(access), isWanted), system, ({ roles }) => progress(roles)),
  );
  const text = formatListing({ listedAt: system.now(), accounts });
  if (portal.listingName !== undefined) await writeListing(system, folder, portal.listingName, text, trace);
  return { listing: listingParts(text), access };
}

/** The lists end with a Failure once they are not wanted any more: their requests would slow down what follows. */
function whileWanted(lists: AccessLists, isWanted: () => boolean): AccessLists {
  const check = () => {
    if (!isWanted()) throw new Failure("interrupted", "listing your accounts and roles: not wanted any more");
  };
  return {
    accounts: async (nextToken) => {
      check();
      return lists.accounts(nextToken);
    },
    roles: async (accountId, nextToken) => {
      check();
      return lists.roles(accountId, nextToken);
    },
  };
}

/** The roles of each listing, of the wanted account and the wanted name. */
export function rolesOf(
  listings: readonly PortalListing[],
  wanted: WantedRole = {},
): readonly RolesOfPortal[] {
  return listings.flatMap(({ portal, listing }) =>
    listing === undefined ? [] : [{ startUrl: portal.startUrl, roles: listedRoles(portal, listing, wanted) }],
  );
}

/** The portal that has the candidate's role, where this run has asked it. */
export function accessOf(
  { accountId, roleName, startUrl }: Candidate,
  listings: readonly PortalListing[],
): PortalAccess | undefined {
  if (accountId === undefined || roleName === undefined) return undefined;
  return listings.find(
    ({ portal, listing, access }) =>
      access !== undefined &&
      listing !== undefined &&
      startUrl === portal.startUrl &&
      listedRoles(portal, listing, { accountId, roleName }).length > 0,
  )?.access;
}
