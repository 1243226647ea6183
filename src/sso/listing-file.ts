/**
 * The text of a cached listing: the accounts and roles that a sign-in gives. A line for each role, so that a reader finds
 * what it wants by comparing lines; a listing of 10,000 roles is read in a few milliseconds. Pure.
 */
import { optional } from "../lib/optional.ts";
import type { AccountAccess } from "./list-access.ts";

export interface Listing {
  /** When the portal was asked, in milliseconds since the epoch. */
  readonly listedAt: number;
  readonly accounts: readonly AccountAccess[];
}

/** A later version that changes the form changes the number. */
const title = "aws-login listing 1";

/** The last line, without which the listing counts as cut off. */
const end = "end";

export function formatListing({ listedAt, accounts }: Listing): string {
  const lines = [`${title}\t${listedAt}`];
  for (const { accountId, accountName, emailAddress, roles } of byName(accounts)) {
    const account = [accountId, escaped(accountName ?? ""), escaped(emailAddress ?? "")].join("\t");
    for (const role of roles) lines.push(`${account}\t${escaped(role)}`);
  }
  return `${lines.join("\n")}\n${end}\n`;
}

/** Undefined for a text that is no listing, or not a whole one. */
export function parseListing(text: string): Listing | undefined {
  const lines = text.split("\n");
  const [name, time] = (lines[0] ?? "").split("\t");
  const listedAt = Number(time);
  if (name !== title || !Number.isFinite(listedAt) || lines.at(-2) !== end) return undefined;
  const accounts: { account: string; access: AccountAccess; roles: string[] }[] = [];
  let last: ReturnType<typeof newAccount> | undefined;
  for (let at = 1; at < lines.length - 2; at++) {
    const line = lines[at] ?? "";
    const cut = line.lastIndexOf("\t");
    if (last === undefined || cut !== last.account.length || !line.startsWith(last.account)) {
      last = newAccount(line.slice(0, cut));
      accounts.push(last);
    }
    last.roles.push(unescaped(line.slice(cut + 1)));
  }
  return { listedAt, accounts: accounts.map(({ access }) => access) };
}

/** As a list of identities has them, so that a reader has nothing to sort. */
function byName(accounts: readonly AccountAccess[]): readonly AccountAccess[] {
  const key = ({ accountId, accountName }: AccountAccess) => `${accountName ?? accountId}/\0${accountId}`;
  return accounts.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function newAccount(account: string): { account: string; access: AccountAccess; roles: string[] } {
  const [accountId = "", name = "", email = ""] = account.split("\t");
  const roles: string[] = [];
  const access = {
    accountId,
    accountName: unescaped(name) || undefined,
    ...optional("emailAddress", unescaped(email) || undefined),
    roles,
  };
  return { account, access, roles };
}

/** The names come from the portal and may hold any character. */
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}

const CHARACTERS: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: "\n", r: "\r" };

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => CHARACTERS[letter] ?? letter);
}
