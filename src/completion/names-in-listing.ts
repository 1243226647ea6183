/**
 * Names of accounts and roles in the text of a cached listing. An object for each of 10,000 roles would take longer than the
 * whole start: the listing has the names of all as completion prints them, and where other words or options narrow them, the
 * text of the roles is searched and rewritten as a whole. Pure.
 */
import { beginningInAnyCase, describedLines, type NameLines, NO_LINES } from "../lib/name-lines.ts";
import { isTypable } from "../lib/typable.ts";
import { escaped, type ListingParts, listingParts, unescaped } from "../sso/listing-file.ts";
import { aboutId, offerAccount, roleLines } from "../sso/listing-names.ts";

export interface ListingQuery {
  readonly kind: "account" | "role" | "target";
  readonly prefix: string;
  /** Target words, all of which a role must have. */
  readonly words: readonly string[];
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
}

/** Texts of names, in which the caller looks for those that begin with the prefix. A text that is not a listing has no names. */
export function namesInListing(text: string, query: ListingQuery): readonly NameLines[] {
  const parts = listingParts(text);
  if (parts === undefined) return [];
  const { kind, prefix, words, ssoAcctId, ssoRoleName } = query;
  const isNarrowed = words.length > 0 || (ssoAcctId ?? ssoRoleName) !== undefined;
  const found = isNarrowed ? namesOfIdentities(parts, query) : namesOfAll(parts, kind, prefix);
  const hasRoles = kind === "target" && words.length === 0 && prefix.includes("/");
  return hasRoles ? [...found, accountRoles(parts, query)] : found;
}

function namesOfAll(
  { accounts, accountIds, roles }: ListingParts,
  kind: ListingQuery["kind"],
  prefix: string,
): readonly NameLines[] {
  if (kind === "account") return [accountIds];
  if (kind === "role") return [roles];
  return /^\d+$/.test(prefix) ? [accounts, roles, accountIds] : [accounts, roles];
}

/** ACCOUNT/ROLE, with the account by its name or its id. */
function accountRoles({ identities }: ListingParts, query: ListingQuery): NameLines {
  const { prefix } = query;
  const cut = prefix.lastIndexOf("/");
  const account = prefix.slice(0, cut);
  if (account === "") return NO_LINES;
  const names = new Map<string, string>();
  for (const line of linesOf(narrowed(identities, { ...query, words: [account] }))) {
    const [id = "", name = "", , role = ""] = line.split("\t");
    for (const named of [id, unescaped(name)]) {
      const offered = `${named}/${unescaped(role)}`;
      const isMeant = named.toLowerCase() === account.toLowerCase();
      if (isMeant && isTypable(offered)) names.set(offered, `account ${id}`);
    }
  }
  return beginningInAnyCase(prefix, describedLines(names));
}

/**
 * The names of the accounts and roles that have all words and the values of the other options. For a word, a name that all of
 * them have is left out: it would not narrow the choice.
 */
function namesOfIdentities(parts: ListingParts, query: ListingQuery): readonly NameLines[] {
  const { kind } = query;
  const found = narrowed(parts.identities, query);
  const texts: NameLines[] = [];
  if (kind !== "role") {
    const accounts = distinct(found.match(/^\d+\t[^\t\n]*/gm) ?? []);
    const isAll = accounts.length === linesOf(parts.accountIds).length;
    if (!(kind === "target" && accounts.length === 1)) {
      if (kind === "account") texts.push(isAll ? parts.accountIds : idsOf(accounts));
      else texts.push(isAll ? parts.accounts : accountsOf(accounts));
    }
  }
  if (kind !== "account") {
    const roles = distinct(linesOf(found.replace(/^[^\n]*\t/gm, "")));
    if (!(kind === "target" && roles.length === 1)) texts.push(roleLines(roles.map(unescaped)));
  }
  return texts;
}

/** The lines that have the words in any case, and the values of the options. The text begins and ends as that of all does. */
function narrowed(identities: string, { words, ssoAcctId, ssoRoleName }: ListingQuery): string {
  let found = identities;
  if (ssoAcctId !== undefined) found = linesWith(`\n${literally(ssoAcctId)}\t`, "g", found);
  if (ssoRoleName !== undefined) found = linesWith(`\t${literally(escaped(ssoRoleName))}(?=\n)`, "g", found);
  for (const word of words) if (word !== "") found = linesWith(literally(escaped(word)), "gi", found);
  return found;
}

/**
 * Each line once. `pattern` matches no empty text. An expression finds a word in any case in a fifth of the time that lower
 * case takes.
 */
function linesWith(pattern: string, flags: "g" | "gi", text: string): string {
  const search = new RegExp(pattern, flags);
  let found = "\n";
  while (search.test(text)) {
    const last = search.lastIndex - 1;
    const end = text.indexOf("\n", last);
    found += text.slice(text.lastIndexOf("\n", last) + 1, end + 1);
    search.lastIndex = end;
  }
  return found;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Without the empty ones before the first line feed and after the last. */
function linesOf(text: string): readonly string[] {
  return text.split("\n").slice(1, -1);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** `accounts` are lines `ID \t NAME`, each account once. */
function accountsOf(accounts: readonly string[]): NameLines {
  const text = accounts.join("\n");
  // The usual names, each of one account, are rewritten all at once.
  if (!/^(?!\d+\t\w[ -[\]-~]*$)/m.test(text)) {
    const lines = text
      .replace(/^(\d+)\t([^\n]*)/gm, "$2\taccount $1")
      .split("\n")
      .sort();
    const sorted = `\n${lines.join("\n")}\n`;
    if (!/\n([^\t\n]*)\t[^\n]*\n\1\t/.test(sorted)) return accounts.length === 0 ? NO_LINES : sorted;
  }
  const names = new Map<string, string>();
  for (const line of accounts) {
    const cut = line.indexOf("\t");
    offerAccount(line.slice(0, cut), unescaped(line.slice(cut + 1)), names);
  }
  return describedLines(names);
}

function idsOf(accounts: readonly string[]): NameLines {
  const ids = new Map<string, string>();
  for (const line of accounts) {
    const cut = line.indexOf("\t");
    ids.set(line.slice(0, cut), aboutId(unescaped(line.slice(cut + 1))));
  }
  return describedLines(ids);
}
