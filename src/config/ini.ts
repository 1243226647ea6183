/**
 * Finds the sections of an AWS ini file. Only headers are looked at here: a config file may hold thousands of
 * profiles, and a run needs one of them, so `ini-properties.ts` reads a section when it is asked for. For the same
 * reason a malformed line of one section does not affect another.
 */
import { Failure } from "../lib/errors.ts";

export interface IniFile {
  /** For messages; this module does not read the file. */
  readonly path: string;
  readonly text: string;
  /** In the order of the file; two of the same name stay two. */
  readonly sections: readonly IniSection[];
  /** Offset of the first setting before any section; undefined without one. */
  readonly stray: number | undefined;
}

export interface IniSection {
  /** The text between the brackets, trimmed; with `closed` false, the rest of the line after the opening one. */
  readonly header: string;
  /** False when the closing bracket is missing, so that the name is unknown. */
  readonly closed: boolean;
  /** Offsets into the file's text: the opening bracket, and the bracket of the next section or the end. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits `text` into sections. A header is a line that begins with `[`, blanks aside; text after the `]` is
 * ignored, as the AWS CLI does. Never throws: a malformed section is reported when a caller needs it.
 */
export function parseIni(text: string, path: string): IniFile {
  const begin = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  const sections: OpenSection[] = [];
  let last: OpenSection | undefined;
  let close = -1;
  for (let start = text.indexOf("[", begin); start !== -1; start = text.indexOf("[", start + 1)) {
    let lineStart = start;
    let before = text.charCodeAt(lineStart - 1);
    while (lineStart > begin && (before === SPACE || before === TAB))
      before = text.charCodeAt(--lineStart - 1);
    if (lineStart > begin && before !== LINE_FEED) continue;
    if (close < start) close = text.indexOf("]", start);
    if (close === -1) close = text.length;
    const lineEnd = endOfLine(text, start);
    // In a file whose lines end in carriage returns only, the header would hold everything up to the next bracket, keys too.
    const closed = close < lineEnd && !text.slice(start, close).includes("\r");
    // An indented line without the bracket is more likely the continuation of a value.
    if (!closed && lineStart < start) continue;
    if (last !== undefined) last.end = start;
    const header = text.slice(start + 1, closed ? close : lineEnd).trim();
    last = { header, closed, start, end: text.length };
    sections.push(last);
  }
  const first = sections[0]?.start ?? text.length;
  return { path, text, sections, stray: first === begin ? undefined : firstSetting(text, begin, first) };
}

/** One-based number of the line that holds `offset`. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Offset of the line feed that ends the line of `from`, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const index = text.indexOf("\n", from);
  return index === -1 ? text.length : index;
}

/** Offset of the first character in [from, to) that is not a blank, or `to`. */
export function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= SPACE) at++;
  return at;
}

/** Whether a line whose first visible character is at `offset` is a comment. */
export function startsComment(text: string, offset: number): boolean {
  const character = text.charCodeAt(offset);
  return character === NUMBER_SIGN || character === SEMICOLON;
}

/**
 * The Failure for a malformed line. It names file and line and never shows the line, which may hold a secret whose
 * key is missing.
 */
export function malformed(file: IniFile, offset: number, why: string): Failure {
  const line = lineAt(file.text, offset);
  return new Failure("failed", `cannot parse ${file.path}: line ${line} ${why}`, {
    hints: [`correct line ${line} of ${file.path}, or put a # in front of it`],
  });
}

/** The Failure for a section whose header has no closing bracket. */
export function unclosed(file: IniFile, section: IniSection): Failure {
  return malformed(file, section.start, "has no ] after the section's name");
}

/** A section whose end is set when the next one begins. */
type OpenSection = Omit<IniSection, "end"> & { end: number };

const BYTE_ORDER_MARK = 0xfeff;
const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;
const NUMBER_SIGN = 35;
const SEMICOLON = 59;

function firstSetting(text: string, from: number, to: number): number | undefined {
  for (let at = skipBlanks(text, from, to); at < to; at = skipBlanks(text, endOfLine(text, at), to)) {
    if (!startsComment(text, at)) return at;
  }
  return undefined;
}
