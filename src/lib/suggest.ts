/** For hints: the nearest name, and a list of names that fits a line. */

/**
 * The candidate nearest to `word`, or undefined when none is near. Case does not count. One slip is allowed for every
 * three letters: a letter missing, added or wrong, or two neighbours swapped. Of equally near candidates the first wins.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let found: string | undefined;
  let least = allowed + 1;
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase();
    if (Math.abs(lower.length - wanted.length) >= least) continue;
    const slips = distance(wanted, lower);
    // Two words whose every letter differs are not alike.
    if (slips < least && (slips === 0 || slips < Math.min(wanted.length, lower.length))) {
      found = candidate;
      least = slips;
    }
  }
  return found;
}

/** Whether two different words are one slip apart: a letter missing, added or wrong, or two neighbours swapped. */
export function isOneSlipAway(word: string, other: string): boolean {
  return Math.abs(word.length - other.length) <= 1 && distance(word, other) === 1;
}

/** Optimal string alignment: the Levenshtein distance in which swapping two neighbours counts once. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        best = Math.min(best, at(beforeLast, column - 2) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}

/** Names in a message: as many as fit a line. */
const LISTED = 8;

/** The first names of a list that may be long, for a message; `none` for an empty one. */
export function nameList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - LISTED;
  return names.slice(0, LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
