/**
 * The text of a cached listing: the accounts and roles that a sign-in gives. A line for each role, in the order in which a
 * person sees them, so that a reader searches 10,000 roles as a text and sorts nothing. The names of accounts and roles, and
 * the accounts' ids, stand once more by themselves as completion prints them: between two keys it copies a part. Pure.
 *
 *     aws-login listing 4 \t TIME
 *     ACCOUNT ID \t NAME \t EMAIL \t ROLE    for each role, by the account's name (its id, where it has none) and the role
 *
 *     NAME \t account ACCOUNT ID             for each account, by the name
 *
 *     ACCOUNT ID \t NAME                     for each account, by the id
 *
 *     ROLE \t role                           each name once, in its order
 *
 *     end
 */
import { compareCodePoints, isInUnitOrder } from "../lib/code-point-order.ts";
import type { NameLines } from "../lib/name-lines.ts";
import type { AccountAccess } from "./list-access.ts";
import { accountIdLines, accountLines, roleLines } from "./listing-names.ts";

export interface Listing {
  /** When the portal was asked, in milliseconds since the epoch. */
  readonly listedAt: number;
  readonly accounts: readonly AccountAccess[];
}

/** A later version that changes the form changes the number. */
const title = "aws-login listing 4";

/** The last line, without which the listing counts as cut off. */
const end = "end";

export function formatListing({ listedAt, accounts }: Listing): string {
  const identities: string[] = [];
  const roleNames = new Set<string>();
  for (const { accountId, accountName, emailAddress, roles } of accounts) {
    const ofAccount = `${accountId}\t${escaped(accountName ?? "")}\t${escaped(emailAddress ?? "")}`;
    for (const role of roles) {
      const line = `${ofAccount}\t${escaped(role)}`;
      // The line follows its key: the runtime sorts texts without a function of ours in a fraction of the time.
      identities.push(`${accountName || accountId}/${role}\0${accountId}\0${role}\0\n${line}`);
      roleNames.add(role);
    }
  }
  identities.sort();
  if (!isInUnitOrder(identities.join(""))) identities.sort(compareCodePoints);
  const sorted = identities.map((keyed) => keyed.slice(keyed.lastIndexOf("\n") + 1));
  const names = [accountLines(accounts), accountIdLines(accounts), roleLines(roleNames)];
  return `${[`${title}\t${listedAt}`, ...sorted, ""].join("\n")}${names.join("")}\n${end}\n`;
}

/** The parts of a listing. Each begins with a line feed, and each of its lines ends with one. */
export interface ListingParts {
  /** In milliseconds since the epoch. */
  readonly listedAt: number;
  readonly identities: string;
  /** Accounts by their names, for completion. */
  readonly accounts: NameLines;
  /** Accounts by their ids. */
  readonly accountIds: NameLines;
  readonly roles: NameLines;
}

/** Undefined for a text that is no listing, or not a whole one. */
export function listingParts(text: string): ListingParts | undefined {
  const titleEnd = text.indexOf("\n");
  const first = text.indexOf("\n\n", titleEnd) + 1;
  const second = text.indexOf("\n\n", first) + 1;
  const third = text.indexOf("\n\n", second) + 1;
  const fourth = text.indexOf("\n\n", third) + 1;
  const listedAt = Number(text.slice(title.length + 1, titleEnd));
  const isOrdered = first > 0 && second > first && third > second && fourth > third;
  const isWhole = isOrdered && text.slice(fourth) === `\n${end}\n`;
  if (!isWhole || !text.startsWith(`${title}\t`) || !Number.isFinite(listedAt)) return undefined;
  return {
    listedAt,
    identities: text.slice(titleEnd, first),
    accounts: text.slice(first, second),
    accountIds: text.slice(second, third),
    roles: text.slice(third, fourth),
  };
}

/** An account and a role of it. */
export interface ListedIdentity {
  readonly accountId: string;
  readonly accountName: string | undefined;
  readonly emailAddress: string | undefined;
  readonly roleName: string;
}

/** What a line of `identities` says. */
export function identityOf(line: string): ListedIdentity {
  const [accountId = "", name = "", email = "", role = ""] = line.split("\t");
  return {
    accountId,
    accountName: unescaped(name) || undefined,
    emailAddress: unescaped(email) || undefined,
    roleName: unescaped(role),
  };
}

/** A name as a line has it: names come from the portal and may hold any character. */
export function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}

const CHARACTERS: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: "\n", r: "\r" };

/** The name that `escaped()` was given. */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => CHARACTERS[letter] ?? letter);
}
