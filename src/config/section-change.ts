/** The wanted settings of a section of a config file, as edits of the file's text. Pure. */
import { type ConfigSection, type ConfigSetting, settingText } from "./config-section.ts";
import { endOfLine, type IniFile, type IniSection } from "./ini.ts";
import { type IniEntry, readEntries, type Span } from "./ini-properties.ts";

/** Replaces the text of [from, to). */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A setting that had another value before. */
export interface ReplacedSetting {
  readonly section: ConfigSection;
  readonly key: string;
  readonly before: string;
}

export interface SectionChange {
  readonly edits: readonly Edit[];
  readonly replaced: readonly ReplacedSetting[];
}

/**
 * What gives a section the wanted settings, by the rules of `mergeSections()`. `found` are the sections of that name in the
 * file; without one there is nothing to change.
 */
export function sectionChange(
  file: IniFile,
  found: readonly IniSection[],
  wanted: ConfigSection,
): SectionChange {
  const { text } = file;
  const last = found.at(-1);
  if (last === undefined) return { edits: [], replaced: [] };
  const entries = found.flatMap((section) => readEntries(file, section));
  const settings = wanted.lines.filter((line) => "key" in line);
  const additions: ConfigSetting[] = [];
  const edits: Edit[] = [];
  const replaced: ReplacedSetting[] = [];
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

/** The text after the edits, which come in any order. No two of them overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.from - other.from)) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}
