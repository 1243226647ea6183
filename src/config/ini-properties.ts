/** Reads what stands in one section of an AWS ini file. */
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
  /** Trimmed, without a trailing comment; lines that continue it follow after a line feed each. */
  readonly value: string;
  /** Where its name stands in the file's text. */
  readonly offset: number;
  /** The indented settings below a name that has no value of its own. */
  readonly nested?: ReadonlyMap<string, IniProperty>;
}

/**
 * The properties of a section by lower-case name; of a repeated name the last counts. The rules are those on
 * which the AWS CLI and the AWS SDK specification agree; where they differ:
 * - ` #` and ` ;` end a value (specification), but not in a line that continues one
 * - a line continues a property when it is indented further than that property (CLI), so that a section which is
 *   indented as a whole is read as it was meant
 * - an indented comment is a comment (CLI)
 * Throws a Failure naming the line when the header lacks its `]` or a line its name or `=`.
 */
export function readProperties(file: IniFile, section: IniSection): ReadonlyMap<string, IniProperty> {
  const { text } = file;
  if (!section.closed) throw unclosed(file, section);

  const properties = new Map<string, IniProperty>();
  let current: Current | undefined;
  let lineEnd = endOfLine(text, section.start);
  while (lineEnd < section.end) {
    const lineStart = lineEnd + 1;
    lineEnd = Math.min(endOfLine(text, lineStart), section.end);
    const first = skipBlanks(text, lineStart, lineEnd);
    if (first === lineEnd || startsComment(text, first)) continue;

    const indent = first - lineStart;
    if (current === undefined || indent <= current.indent) {
      const { name, property } = assignment(file, first, lineEnd);
      properties.set(name, property);
      current = { name, property, indent, nested: property.value === "" ? new Map() : undefined };
    } else {
      if (current.nested === undefined) {
        const value = `${current.property.value}\n${text.slice(first, lineEnd).trim()}`;
        current.property = { ...current.property, value };
      } else {
        const { name, property } = assignment(file, first, lineEnd);
        current.nested.set(name, property);
        current.property = { ...current.property, nested: current.nested };
      }
      properties.set(current.name, current.property);
    }
  }
  return properties;
}

/** The property that lines indented further belong to. */
interface Current {
  readonly name: string;
  property: IniProperty;
  readonly indent: number;
  /** Present when the property has no value, so that what follows is a list of settings of its own. */
  readonly nested: Map<string, IniProperty> | undefined;
}

function assignment(file: IniFile, first: number, lineEnd: number): { name: string; property: IniProperty } {
  const line = file.text.slice(first, lineEnd);
  const content = line.slice(0, commentStart(line));
  const equals = content.indexOf("=");
  if (equals === -1) throw malformed(file, first, "has no = between a name and a value");
  const name = content.slice(0, equals).trim().toLowerCase();
  if (name === "") throw malformed(file, first, "has no name before the =");
  return { name, property: { value: content.slice(equals + 1).trim(), offset: first } };
}

/** Offset of the first `#` or `;` that follows a blank, or the line's length. It ends the value of a setting. */
export function commentStart(line: string): number {
  for (let at = 1; at < line.length; at++) {
    if (startsComment(line, at) && (line[at - 1] === " " || line[at - 1] === "\t")) return at;
  }
  return line.length;
}
