/** Reads the properties of one section of an AWS ini file. */
import {
  endOfLine,
  type IniFile,
  type IniSection,
  malformed,
  skipBlanks,
  startsComment,
  unclosed,
} from "./ini.ts";

export interface IniProperty {
  /** Trimmed, without a trailing comment; each line that continues it follows after a line feed. */
  readonly value: string;
  /** Offset of its name in the file's text. */
  readonly offset: number;
  /** The comment that ends the value in its first line; absent without one. */
  readonly comment?: TrailingComment;
  /** The indented properties below a name that has no value of its own. */
  readonly nested?: ReadonlyMap<string, IniProperty>;
}

export interface TrailingComment {
  readonly sign: "#" | ";";
  /** One-based. */
  readonly column: number;
}

/** Offsets into the file's text; `to` is the first that does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A property and where its parts are, for callers that change one and leave the rest. */
export interface IniEntry {
  /** In lower case. */
  readonly key: string;
  /** The blanks before the key. */
  readonly indent: string;
  /** Offset of the key. */
  readonly offset: number;
  /** Offset of the equals sign. */
  readonly equals: number;
  /** What follows the equals sign in its line: without blanks at its ends, and without a comment. */
  readonly value: Span;
  readonly comment?: TrailingComment;
  /** The lines that continue the value, whole, with their line ends. */
  readonly continued: readonly Span[];
  /** The entries in those lines, where the entry has no value of its own. */
  readonly nested: readonly IniEntry[];
  /** Offset behind the line end of its last line, or the end of the text. */
  readonly end: number;
}

/** The properties of a section by lower-case name; the last of a repeated name counts. Throws as `readEntries()` does. */
export function readProperties(file: IniFile, section: IniSection): ReadonlyMap<string, IniProperty> {
  return propertiesOf(file.text, readEntries(file, section));
}

/**
 * The entries of a section in their order, repeated names included. The rules are those on which the AWS CLI and the
 * AWS SDK specification agree; where they differ:
 * - ` #` and ` ;` end a value (specification), but not in a line that continues one
 * - a line continues a property when it is indented further than that property (CLI), so that a section which is
 *   indented as a whole has properties
 * - an indented comment is a comment (CLI)
 * Throws a Failure naming the line when the header lacks its `]` or a line its name or `=`.
 */
export function readEntries(file: IniFile, section: IniSection): readonly IniEntry[] {
  const { text } = file;
  if (!section.closed) throw unclosed(file, section);

  const entries: DraftEntry[] = [];
  let lineEnd = endOfLine(text, section.start);
  while (lineEnd < section.end) {
    const line = { from: lineEnd + 1, to: Math.min(endOfLine(text, lineEnd + 1), section.end) };
    lineEnd = line.to;
    const first = skipBlanks(text, line.from, line.to);
    if (first === line.to || startsComment(text, first)) continue;

    const end = Math.min(line.to + 1, section.end);
    const last = entries.at(-1);
    if (last === undefined || first - line.from <= last.indent.length) {
      entries.push(entryAt(file, line, first, end));
    } else {
      if (last.value.from === last.value.to) last.nested.push(entryAt(file, line, first, end));
      last.continued.push({ from: line.from, to: end });
      last.end = end;
    }
  }
  return entries;
}

type DraftEntry = Omit<IniEntry, "comment" | "continued" | "nested" | "end"> & {
  comment?: TrailingComment;
  readonly continued: Span[];
  readonly nested: IniEntry[];
  end: number;
};

function entryAt(file: IniFile, line: Span, first: number, end: number): DraftEntry {
  const content = file.text.slice(first, line.to);
  const commentAt = content.includes("#") || content.includes(";") ? commentStart(content) : undefined;
  const equals = content.slice(0, commentAt).indexOf("=");
  if (equals === -1) throw malformed(file, first, "has no = between a name and a value");
  const key = content.slice(0, equals).trim().toLowerCase();
  if (key === "") throw malformed(file, first, "has no name before the =");

  const afterEquals = content.slice(equals + 1, commentAt);
  const value = afterEquals.trim();
  const from = first + equals + 1 + (value === "" ? 0 : afterEquals.indexOf(value));
  const entry: DraftEntry = {
    key,
    indent: file.text.slice(line.from, first),
    offset: first,
    equals: first + equals,
    value: { from, to: from + value.length },
    continued: [],
    nested: [],
    end,
  };
  if (commentAt !== undefined) {
    entry.comment = {
      sign: content[commentAt] === "#" ? "#" : ";",
      column: first - line.from + commentAt + 1,
    };
  }
  return entry;
}

/** Offset of the first `#` or `;` that follows a blank; undefined without one. */
function commentStart(line: string): number | undefined {
  for (let at = 1; at < line.length; at++) {
    if (startsComment(line, at) && (line[at - 1] === " " || line[at - 1] === "\t")) return at;
  }
  return undefined;
}

function propertiesOf(text: string, entries: readonly IniEntry[]): ReadonlyMap<string, IniProperty> {
  const properties = new Map<string, IniProperty>();
  for (const { key, value: first, offset, comment, continued, nested } of entries) {
    let value = text.slice(first.from, first.to);
    if (nested.length === 0) {
      for (const { from, to } of continued) value += `\n${text.slice(from, to).trim()}`;
    }
    const property: { -readonly [K in keyof IniProperty]: IniProperty[K] } = { value, offset };
    if (comment !== undefined) property.comment = comment;
    if (nested.length > 0) property.nested = propertiesOf(text, nested);
    properties.set(key, property);
  }
  return properties;
}
