/** Merges sections into the text of a config file and changes nothing else in it. Pure. */
import {
  type ConfigSection,
  type ConfigSetting,
  sectionText,
  settingText,
  settingValue,
} from "./config-section.ts";
import { endOfLine, type IniFile, type IniSection, malformed, parseIni } from "./ini.ts";
import { type IniEntry, readEntries, type Span } from "./ini-properties.ts";
import { startUrlsOf } from "./portal-profiles.ts";
import { sectionName } from "./section-name.ts";
import { type SourceConflict, sourceConflict } from "./source-conflict.ts";

export interface MergeResult {
  /** The same text when the file had every section already. */
  readonly text: string;
  readonly added: number;
  readonly changed: number;
  /** Settings that had another value before. */
  readonly replaced: readonly {
    readonly section: ConfigSection;
    readonly key: string;
    readonly before: string;
  }[];
  /** Profiles that are not written: the file, or the credentials file, has one of that name with another source. */
  readonly left: readonly { readonly section: ConfigSection; readonly has: SourceConflict }[];
}

/**
 * An existing setting gets its new value and keeps its spelling, indentation and comment; a new setting takes the place
 * of its placeholder, or follows the last setting of its section; a new section follows the end of the file. Everything
 * else stays byte for byte, line ends and byte order mark included, and a second merge changes nothing.
 *
 * The last of a repeated section or setting counts, as for every reader that takes repetitions. A profile that has
 * another source of credentials, in this file or in the credentials file, is left as it is. `path` is for messages.
 * Throws a Failure for a file with a line that a reader would refuse: its meaning is unknown.
 */
export function mergeSections(
  original: string,
  path: string,
  wanted: readonly ConfigSection[],
  credentials?: IniFile,
): MergeResult {
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
  // A last line without a line end keeps none, unless a section follows it.
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
  byName: ReadonlyMap<string | undefined, readonly IniSection[]>,
  wanted: readonly ConfigSection[],
  credentials: IniFile | undefined,
): MergeResult["left"] {
  // In the credentials file the header is the profile's name.
  const byHeader = Map.groupBy(credentials?.sections ?? [], ({ header }) => header);
  const sessions = new Map(
    wanted.filter(({ kind }) => kind === "sso-session").map((each) => [each.name, each]),
  );
  const startUrls = startUrlsOf(file);
  return wanted.flatMap((section) => {
    const found = [
      ...(byName.get(sectionKey(section)) ?? []).map((own) => ({ file, section: own })),
      ...(credentials === undefined
        ? []
        : (byHeader.get(section.name) ?? []).map((own) => ({ file: credentials, section: own }))),
    ];
    const has = sourceConflict(found, section, {
      wanted: sessions.get(settingValue(section, "sso_session") ?? ""),
      startUrlOf: (name) => startUrls.get(name),
    });
    return has === undefined ? [] : [{ section, has }];
  });
}

/** Undefined for a section that belongs to another program. */
function sectionKey(
  section: { readonly kind: string; readonly name: string } | undefined,
): string | undefined {
  return section && `${section.kind} ${section.name}`;
}

/** Replaces the text of [from, to). */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function refuseMalformed(file: IniFile): void {
  if (file.stray !== undefined) throw malformed(file, file.stray, "stands before the first [section]");
  for (const section of file.sections) readEntries(file, section);
}

interface Change {
  readonly edits: readonly Edit[];
  readonly replaced: MergeResult["replaced"];
}

/** `found` are the sections of that name. */
function sectionChange(file: IniFile, found: readonly IniSection[], wanted: ConfigSection): Change {
  const { text } = file;
  const last = found.at(-1);
  if (last === undefined) return { edits: [], replaced: [] };
  const entries = found.flatMap((section) => readEntries(file, section));
  const settings = wanted.lines.filter((line) => "key" in line);
  const additions: ConfigSetting[] = [];
  const edits: Edit[] = [];
  const replaced: MergeResult["replaced"][number][] = [];
  for (const setting of settings) {
    const entry = entries.findLast(({ key }) => key === setting.key);
    const blank =
      entry === undefined ? placeholderOf(setting, file, last, readEntries(file, last)) : undefined;
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
 * The placeholder of the setting, if the section has it character for character; the user may have changed any other
 * comment. A placeholder between a setting and the lines that continue it stays: they would continue the new setting.
 */
function placeholderOf(
  { placeholder }: ConfigSetting,
  { text }: IniFile,
  section: IniSection,
  entries: readonly IniEntry[],
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

function holds(text: string, entry: IniEntry, { key, value }: ConfigSetting): boolean {
  if (entry.continued.length > 0) return false;
  const held = text.slice(entry.value.from, entry.value.to);
  if (held === value) return true;
  // Another program may need the further scopes.
  return key === "sso_registration_scopes" && held.split(/[\s,]+/).includes(value);
}

function replacement(text: string, entry: IniEntry, value: string): Edit[] {
  const { from, to } = entry.value;
  const hadNone = from === to;
  const blank = hadNone && /[ \t]/.test(text.charAt(entry.equals - 1)) ? " " : "";
  return [{ from, to, text: blank + value }, ...entry.continued.map((line) => ({ ...line, text: "" }))];
}

/** New settings are indented as the last one is, and follow it: comments after it may belong to the next section. */
function addition(file: IniFile, section: IniSection, settings: readonly ConfigSetting[]): Edit {
  const { text } = file;
  const last = readEntries(file, section).at(-1);
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

/** Separates sections by an empty line. */
function withSections(text: string, sections: readonly ConfigSection[], lineEnd: string): string {
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
