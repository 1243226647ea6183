/** Sections into the text of a config file, with nothing else in it changed. Pure. */
import { endOfLine, type IniFile, type IniSection, malformed, parseIni, unclosed } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";
import { type SectionEntry, sectionEntries } from "./section-entries.ts";
import { isBareName, sectionName } from "./section-name.ts";

/** A section as it shall be. A comment stands only in a section that is new. */
export interface WantedSection {
  readonly kind: "sso-session" | "profile";
  readonly name: string;
  readonly lines: readonly (WantedSetting | { readonly comment: string })[];
}

interface WantedSetting {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
}

export interface Merge {
  /** The very same text when everything was as it shall be. */
  readonly text: string;
  readonly added: number;
  readonly changed: number;
  /** Settings that had another value before. */
  readonly replaced: readonly {
    readonly section: WantedSection;
    readonly key: string;
    readonly before: string;
  }[];
}

/**
 * A setting that is there gets its new value in its place, with its spelling, its indentation and its comment; one that
 * is not is put behind the last of its section; a section that is not is put at the end of the file. Everything else
 * stays byte for byte, line ends and byte order mark included, and merging the same again changes nothing.
 *
 * Of a repeated section or setting the last counts, as for every reader that takes repetitions. `path` is for messages.
 * Throws a Failure for a file with any line that a reader would refuse: what is meant by it nobody knows.
 */
export function mergeSections(original: string, path: string, wanted: readonly WantedSection[]): Merge {
  const lineEnd = lineEndOf(original);
  const isOpen = !isEmpty(original) && !original.endsWith("\n");
  const text = isOpen ? original + lineEnd : original;
  const file = parseIni(text, path);
  refuseMalformed(file);
  const byName = Map.groupBy(file.sections, ({ header }) => sectionKey(sectionName(header)));
  const missing = wanted.filter((section) => !byName.has(sectionKey(section)));
  const changes = wanted.map((section) =>
    sectionChange(file, byName.get(sectionKey(section)) ?? [], section),
  );

  const edited = applied(
    text,
    changes.flatMap(({ edits }) => edits),
  );
  const merged = withSections(edited, missing, lineEnd);
  // A last line without a line end stays one, unless something has to follow it.
  const isOpened = isOpen && missing.length === 0;
  return {
    text: isOpened ? merged.slice(0, -lineEnd.length) : merged,
    added: missing.length,
    changed: changes.filter(({ edits }) => edits.length > 0).length,
    replaced: changes.flatMap(({ replaced }) => replaced),
  };
}

function sectionKey(section: { readonly kind: string; readonly name: string } | undefined): string {
  return section === undefined ? "" : `${section.kind} ${section.name}`;
}

/** What takes the place of [from, to). */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function refuseMalformed(file: IniFile): void {
  if (file.stray !== undefined) throw malformed(file, file.stray, "stands before the first [section]");
  for (const section of file.sections) {
    if (!section.closed) throw unclosed(file, section);
    readProperties(file, section);
  }
}

interface Change {
  readonly edits: readonly Edit[];
  readonly replaced: Merge["replaced"];
}

/** `found` are the sections of the wanted one's name. */
function sectionChange(file: IniFile, found: readonly IniSection[], wanted: WantedSection): Change {
  const { text } = file;
  const last = found.at(-1);
  if (last === undefined) return { edits: [], replaced: [] };
  const entries = found.flatMap((section) => sectionEntries(file, section));
  const settings = wanted.lines.filter((line) => "key" in line);
  const additions: WantedSetting[] = [];
  const edits: Edit[] = [];
  const replaced: Merge["replaced"][number][] = [];
  for (const setting of settings) {
    const entry = entries.findLast(({ key }) => key === setting.key);
    if (entry === undefined) {
      additions.push(setting);
    } else if (!holds(text, entry, setting)) {
      edits.push(...replacement(text, entry, setting.value));
      const before = text.slice(entry.value.from, entry.value.to);
      replaced.push({ section: wanted, key: setting.key, before });
    }
  }
  if (additions.length > 0) edits.push(addition(file, last, additions));
  return { edits, replaced };
}

function holds(text: string, entry: SectionEntry, { key, value }: WantedSetting): boolean {
  if (entry.continued.length > 0) return false;
  const held = text.slice(entry.value.from, entry.value.to);
  if (held === value) return true;
  // More scopes than are needed here: others need them.
  return key === "sso_registration_scopes" && held.split(/[\s,]+/).includes(value);
}

function replacement(text: string, entry: SectionEntry, value: string): Edit[] {
  const { from, to } = entry.value;
  const hadNone = from === to;
  const blank = hadNone && /[ \t]/.test(text.charAt(entry.equals - 1)) ? " " : "";
  return [{ from, to, text: blank + value }, ...entry.continued.map((line) => ({ ...line, text: "" }))];
}

/** New settings look like the last one there is, and stand behind it: what follows may belong to the next section. */
function addition(file: IniFile, section: IniSection, settings: readonly WantedSetting[]): Edit {
  const { text } = file;
  const last = sectionEntries(file, section).at(-1);
  const at = last?.end ?? endOfLine(text, section.start) + 1;
  const lineEnd = text.endsWith("\r\n", at) ? "\r\n" : "\n";
  const lines = settings.map(({ key, value }) => `${last?.indent ?? ""}${key} = ${value}${lineEnd}`);
  return { from: at, to: at, text: lines.join("") };
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.from - other.from)) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** An empty line stands between sections. */
function withSections(text: string, sections: readonly WantedSection[], lineEnd: string): string {
  if (sections.length === 0) return text;
  const apart = isEmpty(text) || /(^\ufeff?|\n)[ \t]*\r?\n$/.test(text) ? "" : lineEnd;
  return text + apart + sections.map((section) => sectionText(section, lineEnd)).join(lineEnd);
}

function sectionText({ kind, name, lines }: WantedSection, lineEnd: string): string {
  const header = `[${kind} ${isBareName(name) ? name : quoted(name)}]`;
  const texts = lines.map((line) => ("comment" in line ? line.comment : `${line.key} = ${line.value}`));
  return [header, ...texts].map((line) => line + lineEnd).join("");
}

function quoted(name: string): string {
  return name.includes("'") ? `"${name}"` : `'${name}'`;
}

function isEmpty(text: string): boolean {
  return text === "" || text === "\ufeff";
}

/** The line end of the file: that of its first line. */
function lineEndOf(text: string): string {
  return /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
}
