/** Where the settings of a section stand in a file's text, for those who change one and leave the rest. */
import { endOfLine, type IniFile, type IniSection, skipBlanks, startsComment } from "./ini.ts";
import { commentStart } from "./ini-properties.ts";

/** Offsets into the file's text; `to` is the first that does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface SectionEntry {
  /** In lower case. */
  readonly key: string;
  /** The blanks before the key. */
  readonly indent: string;
  /** The equals sign. */
  readonly equals: number;
  /** What the first line says after it: without blanks at its ends, and without a comment. */
  readonly value: Span;
  /** The lines that go on from it, whole, with their line ends. */
  readonly continued: readonly Span[];
  /** Behind the line end of its last line, or the end of the text. */
  readonly end: number;
}

/**
 * The settings in their order, repeated names included, by the rules of `readProperties()`, which must have taken the
 * section for sound.
 */
export function sectionEntries({ text }: IniFile, section: IniSection): readonly SectionEntry[] {
  const entries: Draft[] = [];
  let lineEnd = endOfLine(text, section.start);
  while (lineEnd < section.end) {
    const lineStart = lineEnd + 1;
    lineEnd = Math.min(endOfLine(text, lineStart), section.end);
    const first = skipBlanks(text, lineStart, lineEnd);
    if (first === lineEnd || startsComment(text, first)) continue;

    const end = Math.min(lineEnd + 1, section.end);
    const last = entries.at(-1);
    if (last !== undefined && first - lineStart > last.indent.length) {
      last.continued.push({ from: lineStart, to: end });
      last.end = end;
    } else {
      entries.push(entryAt(text, { from: lineStart, to: lineEnd }, first, end));
    }
  }
  return entries;
}

type Draft = Omit<SectionEntry, "continued" | "end"> & { readonly continued: Span[]; end: number };

function entryAt(text: string, line: Span, first: number, end: number): Draft {
  const equals = text.indexOf("=", first);
  const said = text.slice(equals + 1, first + commentStart(text.slice(first, line.to)));
  const value = said.trim();
  const from = equals + 1 + (value === "" ? 0 : said.indexOf(value));
  return {
    key: text.slice(first, equals).trim().toLowerCase(),
    indent: text.slice(line.from, first),
    equals,
    value: { from, to: from + value.length },
    continued: [],
    end,
  };
}
