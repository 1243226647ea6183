/** What a person has in place of a role that the portal refused. */
import { listAccountRoles, listAccounts, type PortalCaller } from "../aws/sso/portal.ts";
import { Failure } from "../lib/errors.ts";
import { nameList, nearest } from "../lib/suggest.ts";

/**
 * Hints for a role that the portal refused: the roles that the person has in the account, or the accounts where the
 * person has none there. Asks once or twice for one page, with the token that was just accepted. Where the portal
 * refuses that too, the hint is the command that lists everything.
 */
export async function roleHints(
  portal: PortalCaller,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
): Promise<readonly string[]> {
  const roles = await itemsOf(listAccountRoles(portal, accountId, undefined));
  if (roles !== undefined && roles.length > 0) {
    const meant = nearest(roleName, roles);
    const list = `your roles in account ${accountId}: ${nameList([...roles].sort())}`;
    return meant === undefined ? [list] : [`did you mean ${meant}?`, list];
  }
  const accounts = await itemsOf(listAccounts(portal, undefined));
  if (accounts?.every((account) => account.accountId !== accountId)) {
    const names = accounts.map(({ accountId: id, accountName }) =>
      accountName ? `${id} (${accountName})` : id,
    );
    return [`you have no role in account ${accountId}; your accounts: ${nameList(names.sort())}`];
  }
  return ["the accounts and roles you have: aws-login dumpconfig with the same sign-in options"];
}

/** Undefined where the portal refuses the list: the person gets the failure of the role, which came first. */
async function itemsOf<Item>(
  page: Promise<{ readonly items: readonly Item[] }>,
): Promise<readonly Item[] | undefined> {
  try {
    return (await page).items;
  } catch (error) {
    if (error instanceof Failure && error.kind === "failed") return undefined;
    throw error;
  }
}
