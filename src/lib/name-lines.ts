/**
 * Names as one text, which is searched as a whole: a loop over 2,000 names would take as long as the start of the program.
 * Pure.
 */

/**
 * A line `NAME \t ABOUT` for each name, each name once, in the order of code units. It begins and ends with a line feed:
 * `NO_LINES` has none.
 */
export type NameLines = string;

export const NO_LINES: NameLines = "\n";

/** Neither the names nor `about` have a tab or a line end. */
export function nameLines(names: Iterable<string>, about: string): NameLines {
  const lines = [...new Set(names)].sort().map((name) => `${name}\t${about}`);
  return lines.length === 0 ? NO_LINES : `\n${lines.join("\n")}\n`;
}

/** The lines of the map: what is known about each name. */
export function describedLines(names: ReadonlyMap<string, string>): NameLines {
  const lines = [...names].map(([name, about]) => `${name}\t${about}`).sort();
  return lines.length === 0 ? NO_LINES : `\n${lines.join("\n")}\n`;
}

/** Those whose name begins as typed: they stand together. */
export function beginningWith(prefix: string, lines: NameLines): NameLines {
  if (prefix === "") return lines;
  const first = /[\t\n]/.test(prefix) ? -1 : lines.indexOf(`\n${prefix}`);
  if (first === -1) return NO_LINES;
  return lines.slice(first, lines.indexOf("\n", lines.lastIndexOf(`\n${prefix}`) + 1) + 1);
}

/** Those whose name begins so in any case. */
export function beginningInAnyCase(prefix: string, lines: NameLines): NameLines {
  if (/[\t\n]/.test(prefix)) return NO_LINES;
  const found: string[] = [];
  const lower = foldedInPlace(lines);
  const needle = `\n${prefix.toLowerCase()}`;
  let end = 0;
  for (let at = lower.indexOf(needle); at !== -1 && end !== -1; at = lower.indexOf(needle, end)) {
    end = lines.indexOf("\n", at + 1);
    if (end !== -1) found.push(lines.slice(at, end));
  }
  return found.length === 0 ? NO_LINES : `${found.join("")}\n`;
}

/** In lower case where that keeps every character in its place, else as it is. */
export function foldedInPlace(text: string): string {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded : text;
}

/**
 * The lines of all, without the line feed at the beginning and in no order. Of a name that several have, the line of the
 * longest text stays.
 */
export function together(texts: readonly NameLines[]): string {
  let longest: NameLines = NO_LINES;
  for (const text of texts) if (text.length > longest.length) longest = text;
  const more = new Map<string, string>();
  let isFirst = true;
  for (const text of texts) {
    if (text === longest && isFirst) {
      isFirst = false;
      continue;
    }
    for (const line of text.slice(1, -1).split("\n")) {
      const name = line.slice(0, line.indexOf("\t"));
      if (line !== "" && !more.has(name) && !hasName(name, longest)) more.set(name, line);
    }
  }
  const rest = [...more.values()].join("\n");
  return longest.slice(1) + (rest === "" ? "" : `${rest}\n`);
}

/** Halves the lines until one is left. */
export function hasName(name: string, lines: NameLines): boolean {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = lines.lastIndexOf("\n", (low + high) >> 1);
    const found = lines.slice(middle + 1, lines.indexOf("\t", middle + 1));
    if (found === name) return true;
    if (found < name) low = lines.indexOf("\n", middle + 1);
    else high = middle;
  }
  return false;
}
