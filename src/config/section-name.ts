/** What the header of a section in the config file means. */
import { shellWords } from "../lib/shell-words.ts";

export type SectionKind = "profile" | "sso-session" | "services";

export interface SectionName {
  readonly kind: SectionKind;
  readonly name: string;
}

/**
 * Reads a header of the config file (the text between the brackets). Undefined for everything that is neither
 * `default` nor a known word followed by one name: such sections belong to other programs.
 *
 * A bare name is one that every AWS SDK accepts. A name with anything else in it is quoted as for a shell, which
 * is how the AWS CLI writes and reads it: `[profile 'my prof']`, `[profile "my prof"]`, `[profile my\ prof]`.
 */
export function sectionName(header: string): SectionName | undefined {
  if (header === "default") return { kind: "profile", name: "default" };
  const [kind, name, ...more] = shellWords(header) ?? [];
  if (kind === undefined || name === undefined || more.length > 0) return undefined;
  if (kind.quoted || !isSectionKind(kind.text)) return undefined;
  if (name.text === "" || !(name.quoted || isBareName(name.text))) return undefined;
  return { kind: kind.text, name: name.text };
}

/**
 * A test for the headers that `sectionName()` reads as this kind and name. Most headers take it one or two
 * comparisons, since a config file may have thousands.
 */
export function headerTest(kind: SectionKind, name: string): (header: string) => boolean {
  const usual = `${kind} ${name}`;
  const bare = isBareName(name);
  return (header) => {
    if (header === usual) return bare;
    if (header.length < usual.length) return false;
    // A header without quotes has the name as it stands.
    const mayQuote = header.includes('"') || header.includes("'") || header.includes("\\");
    if ((!mayQuote && !header.includes(name)) || !UNUSUAL.test(header)) return false;
    const found = sectionName(header);
    return found?.kind === kind && found.name === name;
  };
}

/**
 * Whether a name needs no quotes. Letters beyond ASCII are let through as the AWS CLI does; `=` and `,` are legal
 * in the names of IAM roles and so in profiles that are named after them.
 */
export function isBareName(name: string): boolean {
  return BARE_NAME.test(name);
}

/** How a section begins in the config file, with the name quoted as the AWS CLI does where it needs that. */
export function sectionHeader(kind: SectionKind, name: string): string {
  if (isBareName(name)) return `[${kind} ${name}]`;
  return name.includes("'") ? `[${kind} "${name}"]` : `[${kind} '${name}']`;
}

/** A header with quotes, a backslash, or other blanks than one space: it may need `sectionName()` to be read. */
const UNUSUAL = /["'\\\t\r\n]| {2}/;
const BARE_NAME = /^[A-Za-z0-9_.@%+=:,/\-\u00a1-\uffff]+$/;

function isSectionKind(text: string): text is SectionKind {
  return text === "profile" || text === "sso-session" || text === "services";
}
