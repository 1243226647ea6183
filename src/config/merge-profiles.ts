/** Sections into the text of a config file, with nothing else in it changed. Pure. */
import { endOfLine, type IniFile, type IniSection, malformed, parseIni, unclosed } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";
import { type OtherSource, otherSource, wantedValue } from "./other-source.ts";
import { type SectionEntry, type Span, sectionEntries } from "./section-entries.ts";
import { sectionName } from "./section-name.ts";
import { sectionText, settingText, type WantedSection, type WantedSetting } from "./section-text.ts";

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
  /** Profiles that have credentials from elsewhere already: what a person has under that name is theirs. */
  readonly left: readonly { readonly section: WantedSection; readonly has: OtherSource }[];
}

/**
 * A setting that is there gets its new value in its place, with its spelling, its indentation and its comment; one that
 * is not takes the place of its placeholder, or is put behind the last of its section; a section that is not is put at
 * the end of the file. Everything else stays byte for byte, line ends and byte order mark included, and merging the same
 * again changes nothing.
 *
 * Of a repeated section or setting the last counts, as for every reader that takes repetitions. A profile that has
 * another source of credentials, here or in the credentials file, is left as it is. `path` is for messages.
 * Throws a Failure for a file with any line that a reader would refuse: what is meant by it nobody knows.
 */
export function mergeSections(
  original: string,
  path: string,
  wanted: readonly WantedSection[],
  credentials?: IniFile,
): Merge {
  const lineEnd = lineEndOf(original);
  const isOpen = !isEmpty(original) && !original.endsWith("\n");
  const text = isOpen ? original + lineEnd : original;
  const file = parseIni(text, path);
  refuseMalformed(file);
  const byName = Map.groupBy(file.sections, ({ header }) => sectionKey(sectionName(header)));
  const left = leftAlone(file, byName, wanted, credentials);
  const isLeft = new Set(left.map(({ section }) => section));
  const ours = wanted.filter((section) => !isLeft.has(section));
  const missing = ours.filter((section) => !byName.has(sectionKey(section)));
  const changes = ours.map((section) => sectionChange(file, byName.get(sectionKey(section)) ?? [], section));

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
    left,
  };
}

function leftAlone(
  file: IniFile,
  byName: ReadonlyMap<string, readonly IniSection[]>,
  wanted: readonly WantedSection[],
  credentials: IniFile | undefined,
): Merge["left"] {
  // There a section is called by the profile's name alone.
  const byHeader = Map.groupBy(credentials?.sections ?? [], ({ header }) => header);
  const sessions = new Map(
    wanted.filter(({ kind }) => kind === "sso-session").map((each) => [each.name, each]),
  );
  return wanted.flatMap((section) => {
    const found = [
      ...(byName.get(sectionKey(section)) ?? []).map((own) => ({ file, section: own })),
      ...(credentials === undefined
        ? []
        : (byHeader.get(section.name) ?? []).map((own) => ({ file: credentials, section: own }))),
    ];
    const has = otherSource(found, section, sessions.get(wantedValue(section, "sso_session") ?? ""));
    return has === undefined ? [] : [{ section, has }];
  });
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
    const blank =
      entry === undefined ? placeholderOf(setting, file, last, sectionEntries(file, last)) : undefined;
    if (blank !== undefined) {
      edits.push({ ...blank, text: settingText(setting) });
    } else if (entry === undefined) {
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

/**
 * The comment that was written in the place of the setting: without any difference it is no person's own. Not one between
 * a setting and lines that go on from it, which would then go on from the other.
 */
function placeholderOf(
  { placeholder }: WantedSetting,
  { text }: IniFile,
  section: IniSection,
  entries: readonly SectionEntry[],
): Span | undefined {
  if (placeholder === undefined) return undefined;
  const own = text.slice(0, section.end);
  for (const { end, indent } of entries) {
    const from = indent === "" ? own.indexOf(placeholder, end) : -1;
    const to = from + placeholder.length;
    const isLine = own[from - 1] === "\n" && /^\r?\n/.test(own.slice(to, to + 2));
    if (isLine && entries.findLast(({ equals }) => equals < from)?.end === end) return { from, to };
  }
  return undefined;
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
  const lines = settings.map((setting) => (last?.indent ?? "") + settingText(setting) + lineEnd);
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

function isEmpty(text: string): boolean {
  return text === "" || text === "\ufeff";
}

/** The line end of the file: that of its first line. */
function lineEndOf(text: string): string {
  return /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
}
