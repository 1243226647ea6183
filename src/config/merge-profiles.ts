/** Merges sections into the text of a config file and changes nothing else in it. Pure. */
import { type ConfigSection, sectionText, settingValue } from "./config-section.ts";
import { type IniFile, type IniSection, malformed, parseIni } from "./ini.ts";
import { readEntries } from "./ini-properties.ts";
import { startUrlsOf } from "./portal-profiles.ts";
import { applied, type ReplacedSetting, sectionChange } from "./section-change.ts";
import { sectionName } from "./section-name.ts";
import { type SourceConflict, sourceConflict } from "./source-conflict.ts";

export interface MergeResult {
  /** The same text when the file had every section already. */
  readonly text: string;
  readonly added: number;
  readonly changed: number;
  readonly replaced: readonly ReplacedSetting[];
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

function refuseMalformed(file: IniFile): void {
  if (file.stray !== undefined) throw malformed(file, file.stray, "stands before the first [section]");
  for (const section of file.sections) readEntries(file, section);
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
