import type { PortalInput, PortalOutcome, PortalProblem } from "./operation.ts";
import { pageOf } from "./pages.ts";

/** The accounts in which the user has any role. */
export function listAccounts({ query, signIn, world }: PortalInput): PortalOutcome {
  const size = pageSize(query);
  if (size === undefined) return invalid("max_result must be a number from 1 to 100");
  const accounts = [...signIn.instance.accounts.values()].filter(({ roles }) => roles.size > 0);
  const asked = { size, token: query.get("next_token") };
  const page = pageOf("accounts", accounts, asked, world.identityCenter.settings);
  if (page === undefined) return invalid("next_token is not valid");
  const accountList = page.items.map(({ id, name, email }) => ({
    accountId: id,
    ...(name === undefined ? {} : { accountName: name }),
    emailAddress: email,
  }));
  // A last page may say so with null, or without a word as below; clients meet both.
  return { value: { accountList, nextToken: page.next ?? null } };
}

/** The roles of one account. */
export function listAccountRoles({ query, signIn, world }: PortalInput): PortalOutcome {
  const size = pageSize(query);
  if (size === undefined) return invalid("max_result must be a number from 1 to 100");
  const accountId = query.get("account_id") ?? "";
  if (!/^\d{12}$/.test(accountId)) return invalid("account_id is malformed");
  const account = signIn.instance.accounts.get(accountId);
  if (account === undefined) return { code: "ResourceNotFoundException", message: "Account not found" };
  if (account.roles.size === 0) return { code: "ForbiddenException", message: "No access" };
  const asked = { size, token: query.get("next_token") };
  const page = pageOf(accountId, [...account.roles.keys()], asked, world.identityCenter.settings);
  if (page === undefined) return invalid("next_token is not valid");
  const roleList = page.items.map((roleName) => ({ roleName, accountId }));
  return { value: { roleList, ...(page.next === undefined ? {} : { nextToken: page.next }) } };
}

/** What `max_result` asks for, 100 by default; undefined when it is out of bounds. */
function pageSize(query: ReadonlyMap<string, string>): number | undefined {
  const text = query.get("max_result") ?? "100";
  const size = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return size >= 1 && size <= 100 ? size : undefined;
}

function invalid(message: string): PortalProblem {
  return { code: "InvalidRequestException", message };
}
