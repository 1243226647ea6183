/** Lists every account and role that a user has in Identity Center. */
import { type Job, runJobs } from "../aws/http/adaptive-limit.ts";
import { isServicesOwn } from "../aws/http/unexpected-response.ts";
import {
  listAccountRoles,
  listAccounts,
  type Page,
  type PortalAccount,
} from "../aws/sso/portal-operations.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { PortalAccess } from "./portal.ts";

/** The two lists of the portal, a page a call. A refusal is a Failure with the portal's `serviceError`. */
export interface AccessLists {
  accounts(nextToken: string | undefined): Promise<Page<PortalAccount>>;
  roles(accountId: string, nextToken: string | undefined): Promise<Page<string>>;
}

/** The lists of a portal, whose token is refreshed as needed. */
export function portalLists({ ask }: Pick<PortalAccess, "ask">): AccessLists {
  return {
    accounts: (nextToken) => ask((caller) => listAccounts(caller, nextToken)),
    roles: (accountId, nextToken) => ask((caller) => listAccountRoles(caller, accountId, nextToken)),
  };
}

export interface AccountAccess {
  /** Twelve digits. */
  readonly accountId: string;
  readonly accountName: string | undefined;
  readonly emailAddress?: string;
  /** Each once, in code-point order. */
  readonly roles: readonly string[];
}

export interface AccessList {
  /** By account id. */
  readonly accounts: readonly AccountAccess[];
  /** Accounts that the portal listed and whose roles it refused to list, with its refusal. By account id. */
  readonly closed: readonly { readonly account: PortalAccount; readonly refusal: Failure }[];
}

/** How far the listing is. */
export interface ListingProgress {
  /** Undefined until the last page of accounts has come, after which the number is final. */
  readonly accounts: number | undefined;
  /** Accounts whose roles are complete. */
  readonly listed: number;
  readonly roles: number;
}

/**
 * Follows all pages, at the rate that the portal allows. The result does not depend on the order of the responses. An
 * account that the portal refuses with 403 or 404 is reported as closed: the user has just lost access to it.
 * Throws a Failure for everything else, and when every account is closed.
 */
export async function listAccess(
  lists: AccessLists,
  system: Pick<System, "now" | "sleep">,
  progress: (progress: ListingProgress) => void,
): Promise<AccessList> {
  const listing: Listing = {
    lists,
    accounts: new Map(),
    closed: new Map(),
    hasAllAccounts: false,
    listed: 0,
    roles: 0,
  };
  const report = () => {
    const { accounts, hasAllAccounts, listed, roles } = listing;
    progress({ accounts: hasAllAccounts ? accounts.size : undefined, listed, roles });
  };
  await runJobs([pageOfAccounts(listing, report, undefined, successor())], system);
  return accessList(listing);
}

/** The state of a listing that is under way. */
interface Listing {
  readonly lists: AccessLists;
  readonly accounts: Map<string, { readonly account: PortalAccount; readonly roles: Set<string> }>;
  readonly closed: Map<string, Failure>;
  hasAllAccounts: boolean;
  listed: number;
  roles: number;
}

function pageOfAccounts(
  listing: Listing,
  report: () => void,
  nextToken: string | undefined,
  following: Successor,
): Job {
  return {
    urgent: true,
    call: async () => {
      const { accounts, lists } = listing;
      const page = await withAttempt("cannot list your accounts", lists.accounts(nextToken));
      const fresh = page.items.filter(({ accountId }) => !accounts.has(accountId));
      for (const account of fresh) accounts.set(account.accountId, { account, roles: new Set() });
      listing.hasAllAccounts = page.nextToken === undefined;
      report();
      const jobs = [...new Set(fresh.map(({ accountId }) => accountId))].map((id) =>
        pageOfRoles(listing, report, { accountId: id, nextToken: undefined, following: successor() }),
      );
      return page.nextToken === undefined
        ? jobs
        : [pageOfAccounts(listing, report, following(page.nextToken), following), ...jobs];
    },
  };
}

interface RolesPage {
  readonly accountId: string;
  readonly nextToken: string | undefined;
  readonly following: Successor;
}

function pageOfRoles(
  listing: Listing,
  report: () => void,
  { accountId, nextToken, following }: RolesPage,
): Job {
  return {
    urgent: nextToken !== undefined,
    call: async () => {
      const entry = listing.accounts.get(accountId);
      const name = entry?.account.accountName;
      const what = name === undefined ? accountId : `${accountId} (${name})`;
      try {
        const page = await withAttempt(
          `cannot list your roles in account ${what}`,
          listing.lists.roles(accountId, nextToken),
        );
        for (const role of page.items) entry?.roles.add(role);
        listing.roles += page.items.length;
        if (page.nextToken !== undefined) {
          return [
            pageOfRoles(listing, report, { accountId, nextToken: following(page.nextToken), following }),
          ];
        }
      } catch (error) {
        if (!(error instanceof Failure) || !isClosed(error)) throw error;
        listing.closed.set(accountId, error);
      }
      listing.listed++;
      report();
      return [];
    },
  };
}

/** Throws a Failure when the portal refused every account. */
function accessList({ accounts, closed }: Listing): AccessList {
  const [firstRefusal] = closed.values();
  if (firstRefusal !== undefined && closed.size === accounts.size) throw firstRefusal;
  const sorted = [...accounts.values()].toSorted((one, other) =>
    compare(one.account.accountId, other.account.accountId),
  );
  return {
    accounts: sorted
      .filter(({ account }) => !closed.has(account.accountId))
      .map(({ account, roles }) => ({ ...account, roles: [...roles].toSorted(compare) })),
    closed: sorted.flatMap(({ account }) => {
      const refusal = closed.get(account.accountId);
      return refusal === undefined ? [] : [{ account, refusal }];
    }),
  };
}

/** Only the portal's own refusal closes an account: a proxy's 403 says nothing about it. */
function isClosed({ serviceError }: Failure): boolean {
  return (
    serviceError !== undefined &&
    isServicesOwn(serviceError) &&
    (serviceError.status === 403 || serviceError.status === 404)
  );
}

/** Returns the token of the next page. Throws a Failure where the pages would never end. */
type Successor = (nextToken: string) => string;

/** Pages of one list: a hundred times as many as the largest organization has. */
const mostPages = 10_000;

/** For one list. Tokens may be long, so it keeps only their digests. */
function successor(): Successor {
  const seen = new Set<number | bigint>();
  return (nextToken) => {
    const digest = Bun.hash(nextToken);
    if (seen.has(digest)) throw endless("the portal names a page as the next one that it has sent already");
    seen.add(digest);
    if (seen.size >= mostPages)
      throw endless(`the portal has sent ${mostPages} pages of one list, and names another`);
    return nextToken;
  };
}

function endless(why: string): Failure {
  return new Failure("failed", `cannot list your access: ${why}`, {
    hints: [
      "run the command again; if it fails again, a proxy or another server may be responding in place of the portal",
    ],
  });
}

/** Puts the attempt before the reason in the message of a failed call. A failure to get a token keeps its own message. */
async function withAttempt<T>(attempt: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "failed") throw error;
    throw attempted(error, attempt);
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
