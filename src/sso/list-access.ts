/** Every account and role that a person has in Identity Center. */

import { type Job, runJobs } from "../aws/http/adaptive-limit.ts";
import { isServicesOwn } from "../aws/http/unexpected-response.ts";
import { listAccountRoles, listAccounts, type Page, type PortalAccount } from "../aws/sso/portal.ts";
import { attempted, Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { PortalAccess } from "./portal.ts";

/** The two lists of the portal, a page a call. A refusal is a Failure with the portal's `serviceError`. */
export interface AccessLists {
  accounts(nextToken: string | undefined): Promise<Page<PortalAccount>>;
  roles(accountId: string, nextToken: string | undefined): Promise<Page<string>>;
}

/** The lists of a portal, which takes care of its token. */
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
  /** Each once, in the order of their characters. */
  readonly roles: readonly string[];
}

export interface AccessList {
  /** By account id. */
  readonly accounts: readonly AccountAccess[];
  /** Accounts that the portal named and then would not open, and what it said. By account id. */
  readonly closed: readonly { readonly account: PortalAccount; readonly refusal: Failure }[];
}

/** How far the listing is; the number of accounts still rises as long as there are pages of them. */
export interface ListingProgress {
  readonly accounts: number;
  readonly listed: number;
  readonly roles: number;
}

/**
 * Follows all pages, at whatever rate the portal allows. The result does not depend on the order of the answers. An
 * account that the portal refuses with 403 or 404 is reported as closed: it was just taken away, or is about to be.
 * Throws a Failure for everything else, and when every account is closed.
 */
export async function listAccess(
  lists: AccessLists,
  system: Pick<System, "now" | "sleep">,
  progress: (progress: ListingProgress) => void,
): Promise<AccessList> {
  const accounts = new Map<string, { readonly account: PortalAccount; readonly roles: Set<string> }>();
  const closed = new Map<string, Failure>();
  const counts = { accounts: 0, listed: 0, roles: 0 };

  const pageOfAccounts = (nextToken: string | undefined, following: Successor): Job => ({
    urgent: true,
    call: async () => {
      const page = await said("cannot list your accounts", lists.accounts(nextToken));
      const fresh = page.items.filter(({ accountId }) => !accounts.has(accountId));
      for (const account of fresh) accounts.set(account.accountId, { account, roles: new Set() });
      counts.accounts = accounts.size;
      progress(counts);
      const jobs = [...new Set(fresh.map(({ accountId }) => accountId))].map((id) =>
        pageOfRoles(id, undefined, successor()),
      );
      return page.nextToken === undefined
        ? jobs
        : [pageOfAccounts(following(page.nextToken), following), ...jobs];
    },
  });

  const pageOfRoles = (accountId: string, nextToken: string | undefined, following: Successor): Job => ({
    urgent: nextToken !== undefined,
    call: async () => {
      const entry = accounts.get(accountId);
      const name = entry?.account.accountName;
      const what = name === undefined ? accountId : `${accountId} (${name})`;
      try {
        const page = await said(
          `cannot list your roles in account ${what}`,
          lists.roles(accountId, nextToken),
        );
        for (const role of page.items) entry?.roles.add(role);
        counts.roles += page.items.length;
        if (page.nextToken !== undefined)
          return [pageOfRoles(accountId, following(page.nextToken), following)];
      } catch (error) {
        if (!(error instanceof Failure) || !isClosed(error)) throw error;
        closed.set(accountId, error);
      }
      counts.listed++;
      progress(counts);
      return [];
    },
  });

  await runJobs([pageOfAccounts(undefined, successor())], system);

  const [firstRefusal] = closed.values();
  if (firstRefusal !== undefined && closed.size === accounts.size) throw firstRefusal;
  const sorted = [...accounts.values()].toSorted((one, other) =>
    inOrder(one.account.accountId, other.account.accountId),
  );
  return {
    accounts: sorted
      .filter(({ account }) => !closed.has(account.accountId))
      .map(({ account, roles }) => ({ ...account, roles: [...roles].toSorted(inOrder) })),
    closed: sorted.flatMap(({ account }) => {
      const refusal = closed.get(account.accountId);
      return refusal === undefined ? [] : [{ account, refusal }];
    }),
  };
}

/** A proxy that refuses says nothing about the account. */
function isClosed({ serviceError }: Failure): boolean {
  return (
    serviceError !== undefined &&
    isServicesOwn(serviceError) &&
    (serviceError.status === 403 || serviceError.status === 404)
  );
}

/** Hands a page's token on, to ask for the page after it. Throws a Failure where that would not come to an end. */
type Successor = (nextToken: string) => string;

/** Pages of one list: a hundred times what the largest organization has. */
const mostPages = 10_000;

/** For one list. Of tokens, which may be long, only their digests are remembered. */
function successor(): Successor {
  const seen = new Set<number | bigint>();
  return (nextToken) => {
    const digest = Bun.hash(nextToken);
    if (seen.has(digest)) throw endless("the portal names a page as a later one that it has sent already");
    seen.add(digest);
    if (seen.size >= mostPages)
      throw endless(`the portal has sent ${mostPages} pages of one list, and names more`);
    return nextToken;
  };
}

function endless(why: string): Failure {
  return new Failure("failed", `cannot list your access: ${why}`, {
    hints: ["run the command again; if it goes on so, whatever answers in the portal's place is at fault"],
  });
}

/** Puts what was attempted before why it failed. Why there is no token stands for itself. */
async function said<T>(attempt: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "failed") throw error;
    throw attempted(error, attempt);
  }
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
