/** Lines that hold a text, found without looking at the others. Pure. */

/**
 * Calls `visit` with the offsets of each line of `text` in which `needle` occurs: of its first character and of its line
 * feed. `text` begins and ends with a line feed, and so may the needle begin.
 */
export function eachLineWith(
  needle: string,
  text: string,
  visit: (start: number, end: number) => void,
): void {
  let end = 0;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, end)) {
    const start = text.lastIndexOf("\n", at) + 1;
    end = text.indexOf("\n", start);
    if (end === -1) return;
    visit(start, end);
  }
}

/** In lower case where that keeps every character in its place, else as it is. */
export function foldedInPlace(text: string): string {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded : text;
}
