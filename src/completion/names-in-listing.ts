/**
 * Names of accounts and roles in the text of a cached listing. The text of 10,000 roles is searched for what is typed, and
 * only lines that have it are taken apart: an object for each role would take longer than the whole start. Pure.
 */
import { visible } from "../lib/visible.ts";
import { escaped, type ListingParts, listingParts, unescaped } from "../sso/listing-file.ts";
import { eachLineWith, foldedInPlace } from "./listing-lines.ts";
import { isTypable } from "./offer.ts";

export interface ListingQuery {
  readonly kind: "account" | "role" | "target";
  readonly prefix: string;
  /** Target words, all of which a role must have. */
  readonly words: readonly string[];
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
}

/** Names, each with a few words about it on one line. */
type Names = Map<string, string>;

/** A text that is no listing has no names. */
export function namesInListing(text: string, query: ListingQuery): ReadonlyMap<string, string> {
  const names: Names = new Map();
  const parts = listingParts(text);
  if (parts === undefined) return names;
  const { kind, prefix, words, ssoAcctId, ssoRoleName } = query;
  const isNarrowed = words.length > 0 || (ssoAcctId ?? ssoRoleName) !== undefined;
  if (isNarrowed) namesOfIdentities(parts.identities, query, names);
  else {
    if (kind === "target") accountsByName(parts.accounts, prefix, names);
    if (kind === "account" || /^\d+$/.test(prefix)) accountsById(parts.accounts, prefix, names);
    if (kind !== "account") rolesByName(parts.roles, prefix, names);
  }
  if (kind === "target" && words.length === 0 && prefix.includes("/")) accountRoles(parts, query, names);
  return names;
}

function accountsByName(accounts: string, prefix: string, names: Names): void {
  eachLineWith(`\t${typed(prefix)}`, foldedInPlace(accounts), (start, end) => {
    const cut = accounts.indexOf("\t", start);
    offerAccount(accounts.slice(start, cut), unescaped(accounts.slice(cut + 1, end)), names);
  });
}

function accountsById(accounts: string, prefix: string, names: Names): void {
  eachLineWith(`\n${prefix}`, accounts, (start, end) => {
    const cut = accounts.indexOf("\t", start);
    names.set(accounts.slice(start, cut), aboutId(accounts.slice(cut + 1, end)));
  });
}

function rolesByName(roles: string, prefix: string, names: Names): void {
  eachLineWith(`\n${typed(prefix)}`, foldedInPlace(roles), (start, end) => {
    names.set(unescaped(roles.slice(start, end)), "role");
  });
}

/** ACCOUNT/ROLE, with the account by its name or its id. */
function accountRoles({ identities }: ListingParts, query: ListingQuery, names: Names): void {
  const { prefix } = query;
  const cut = prefix.lastIndexOf("/");
  const account = typed(prefix.slice(0, cut));
  const begins = typed(prefix.slice(cut + 1));
  const lower = foldedInPlace(identities);
  eachLineWith(`${account}\t`, lower, (start, end) => {
    const identity = identityAt(identities, start, end);
    if (!isWanted(identity, query) || !lower.startsWith(begins, end - identity.role.length)) return;
    const about = `account ${identity.id}`;
    const role = unescaped(identity.role);
    if (identity.id === account) names.set(`${identity.id}/${role}`, about);
    if (lower.startsWith(`\t${account}\t`, start + identity.id.length))
      names.set(`${unescaped(identity.name)}/${role}`, about);
  });
}

/**
 * Names by which a further word narrows the choice, or values of an option beside another: of the roles that have all words
 * and the values of the other options. A name that all of them have is none for a word.
 */
function namesOfIdentities(identities: string, query: ListingQuery, names: Names): void {
  const { kind, words, ssoAcctId } = query;
  const lower = foldedInPlace(identities);
  const begins = typed(query.prefix);
  const [first = ssoAcctId === undefined ? "\n" : `\n${ssoAcctId}\t`, ...others] = words.map(typed);
  const accounts: Names = new Map();
  const roles: Names = new Map();
  const ids = new Set<string>();
  const allRoles = new Set<string>();
  eachLineWith(first, lower, (start, end) => {
    if (others.length > 0 && !hasAll(others, lower.slice(start, end))) return;
    const identity = identityAt(identities, start, end);
    if (!isWanted(identity, query)) return;
    const { id, name, role } = identity;
    if (!ids.has(id)) {
      ids.add(id);
      if (kind === "account") accounts.set(id, aboutId(name));
      else if (lower.startsWith(begins, start + id.length + 1)) offerAccount(id, unescaped(name), accounts);
    }
    if (allRoles.has(role)) return;
    allRoles.add(role);
    if (lower.startsWith(begins, end - role.length)) roles.set(unescaped(role), "role");
  });
  const isWord = kind === "target";
  if (kind !== "role" && !(isWord && ids.size === 1))
    for (const [name, about] of accounts) names.set(name, about);
  if (kind !== "account" && !(isWord && allRoles.size === 1))
    for (const [name, about] of roles) names.set(name, about);
}

function hasAll(words: readonly string[], line: string): boolean {
  for (const word of words) if (!line.includes(word)) return false;
  return true;
}

/** What is said about an account's id: its name, as a terminal may show it. Never empty: PowerShell refuses that. */
function aboutId(name: string): string {
  return visible(unescaped(name)) || "account";
}

/** By its id where no command line can hold the name, or where there is none. Two accounts may have one name. */
function offerAccount(id: string, name: string, names: Names): void {
  const isUsable = isTypable(name);
  const about = isUsable ? `account ${id}` : "account";
  const offered = isUsable ? name : id;
  names.set(offered, (names.get(offered) ?? about) === about ? about : "accounts");
}

/** A line of the listing, with names as they are escaped there. */
interface Identity {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

function identityAt(identities: string, start: number, end: number): Identity {
  const name = identities.indexOf("\t", start) + 1;
  return {
    id: identities.slice(start, name - 1),
    name: identities.slice(name, identities.indexOf("\t", name)),
    role: identities.slice(identities.lastIndexOf("\t", end) + 1, end),
  };
}

function isWanted({ id, role }: Identity, { ssoAcctId, ssoRoleName }: ListingQuery): boolean {
  return (ssoAcctId ?? id) === id && (ssoRoleName === undefined || escaped(ssoRoleName) === role);
}

/** What is typed, as a listing in lower case has it. */
function typed(text: string): string {
  return escaped(text.toLowerCase());
}
