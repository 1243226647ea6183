/**
 * The text of a cached listing: the accounts and roles that a sign-in gives. A line for each role, so that a reader finds
 * what it wants by comparing lines; a listing of 10,000 roles is read in a few milliseconds. Each account and each name of
 * a role stands once more by itself: completion searches these few lines as a text, between two keys. Pure.
 *
 *     aws-login listing 2 \t TIME
 *     ACCOUNT ID \t NAME \t EMAIL \t ROLE    for each role, by the account's name
 *
 *     ACCOUNT ID \t NAME                     for each account
 *
 *     ROLE                                  each name once
 *
 *     end
 */
import { optional } from "../lib/optional.ts";
import type { AccountAccess } from "./list-access.ts";

export interface Listing {
  /** When the portal was asked, in milliseconds since the epoch. */
  readonly listedAt: number;
  readonly accounts: readonly AccountAccess[];
}

/** A later version that changes the form changes the number. */
const title = "aws-login listing 2";

/** The last line, without which the listing counts as cut off. */
const end = "end";

export function formatListing({ listedAt, accounts }: Listing): string {
  const identities: string[] = [];
  const names: string[] = [];
  const roleNames = new Set<string>();
  for (const { accountId, accountName, emailAddress, roles } of byName(accounts)) {
    const named = `${accountId}\t${escaped(accountName ?? "")}`;
    if (roles.length > 0) names.push(named);
    for (const role of roles) {
      identities.push(`${named}\t${escaped(emailAddress ?? "")}\t${escaped(role)}`);
      if (role !== "") roleNames.add(escaped(role));
    }
  }
  return [`${title}\t${listedAt}`, ...identities, "", ...names, "", ...roleNames, "", end, ""].join("\n");
}

/** The parts of a listing. Each begins with a line feed, and each of its lines ends with one. */
export interface ListingParts {
  /** In milliseconds since the epoch. */
  readonly listedAt: number;
  readonly identities: string;
  readonly accounts: string;
  readonly roles: string;
}

/** Undefined for a text that is no listing, or not a whole one. */
export function listingParts(text: string): ListingParts | undefined {
  const titleEnd = text.indexOf("\n");
  const first = text.indexOf("\n\n", titleEnd) + 1;
  const second = text.indexOf("\n\n", first) + 1;
  const third = text.indexOf("\n\n", second) + 1;
  const listedAt = Number(text.slice(title.length + 1, titleEnd));
  const isWhole = first > 0 && second > first && third > second && text.slice(third) === `\n${end}\n`;
  if (!isWhole || !text.startsWith(`${title}\t`) || !Number.isFinite(listedAt)) return undefined;
  return {
    listedAt,
    identities: text.slice(titleEnd, first),
    accounts: text.slice(first, second),
    roles: text.slice(second, third),
  };
}

/** Undefined for a text that is no listing, or not a whole one. */
export function parseListing(text: string): Listing | undefined {
  const parts = listingParts(text);
  if (parts === undefined) return undefined;
  const lines = parts.identities.split("\n");
  const accounts: { account: string; access: AccountAccess; roles: string[] }[] = [];
  let last: ReturnType<typeof newAccount> | undefined;
  for (let at = 1; at < lines.length - 1; at++) {
    const line = lines[at] ?? "";
    const cut = line.lastIndexOf("\t");
    if (last === undefined || cut !== last.account.length || !line.startsWith(last.account)) {
      last = newAccount(line.slice(0, cut));
      accounts.push(last);
    }
    last.roles.push(unescaped(line.slice(cut + 1)));
  }
  return { listedAt: parts.listedAt, accounts: accounts.map(({ access }) => access) };
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

/** A name as a line has it: names come from the portal and may hold any character. */
export function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}

const CHARACTERS: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: "\n", r: "\r" };

/** The name that a line has so. */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => CHARACTERS[letter] ?? letter);
}
