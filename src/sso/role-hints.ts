/** What a person has in place of a role that the portal refused. */
import { listAccountRoles, listAccounts, type PortalCaller } from "../aws/sso/portal-operations.ts";
import { Failure } from "../lib/errors.ts";
import { nameList, nearest } from "../lib/suggest.ts";

const listHint = "the accounts and roles you have: aws-login dumpconfig with the same sign-in options";

/**
 * Hints for a role that the portal refused: what is wrong with the account id; else the roles that the person has in the
 * account, or the accounts where the person has none there. Asks once or twice for one page, with the token that was
 * just accepted. Where no person waits for the result, or the portal refuses that too, the hint is the command that
 * lists everything.
 */
export async function roleHints(
  portal: PortalCaller,
  { accountId, roleName }: { readonly accountId: string; readonly roleName: string },
  prompt: "never" | "allowed",
): Promise<readonly string[]> {
  if (accountId.length !== 12) return [accountHint(accountId)];
  if (prompt === "never") return [listHint];
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
  return [listHint];
}

/** Spreadsheets drop leading zeros. */
function accountHint(accountId: string): string {
  const meant = accountId.length < 12 ? `, perhaps ${accountId.padStart(12, "0")}` : "";
  return `the account id has ${accountId.length} digits, and an account id has 12${meant}`;
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
