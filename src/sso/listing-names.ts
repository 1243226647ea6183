/** The names of a listing as completion offers them, each on a line of its own. Pure. */
import { describedLines, type NameLines, nameLines } from "../lib/name-lines.ts";
import { isTypable } from "../lib/typable.ts";
import { visible } from "../lib/visible.ts";
import type { AccountAccess } from "./list-access.ts";

/**
 * Accounts with a role by their names, those by their ids where no command line can hold the name or where there is none.
 * Two accounts may have one name.
 */
export function accountLines(accounts: readonly AccountAccess[]): NameLines {
  const names = new Map<string, string>();
  for (const { accountId, accountName = "", roles } of accounts)
    if (roles.length > 0) offerAccount(accountId, accountName, names);
  return describedLines(names);
}

/** Adds the account to the names, each with what is said about it. */
export function offerAccount(id: string, name: string, names: Map<string, string>): void {
  const isUsable = isTypable(name);
  const about = isUsable ? `account ${id}` : aboutId(name);
  const offered = isUsable ? name : id;
  names.set(offered, (names.get(offered) ?? about) === about ? about : "accounts");
}

/** The ids of accounts with a role, each with the account's name. */
export function accountIdLines(accounts: readonly AccountAccess[]): NameLines {
  const ids = new Map<string, string>();
  for (const { accountId, accountName, roles } of accounts)
    if (roles.length > 0) ids.set(accountId, aboutId(accountName ?? ""));
  return describedLines(ids);
}

/** What is said about an account's id: its name, as a terminal may show it. Never empty: PowerShell refuses that. */
export function aboutId(name: string): string {
  return visible(name) || "account";
}

/** The names of roles, each once. */
export function roleLines(roles: Iterable<string>): NameLines {
  const names: string[] = [];
  for (const role of roles) if (isTypable(role)) names.push(role);
  return nameLines(names, "role");
}
