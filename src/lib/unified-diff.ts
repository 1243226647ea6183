/** A unified diff of two texts, as `diff -u` prints it and `patch` reads it. Pure. */

export interface DiffFiles {
  readonly before: { readonly path: string; readonly text: string };
  readonly after: { readonly path: string; readonly text: string };
  /** Lines that must not be shown as context: a hunk ends before one. */
  readonly hides?: (line: string) => boolean;
}

const CONTEXT = 3;

/** "" for equal texts. Each line keeps its own line end. */
export function unifiedDiff({ before, after, hides = () => false }: DiffFiles): string {
  if (before.text === after.text) return "";
  const [old, now] = [linesOf(before.text), linesOf(after.text)];
  const changes = changesOf(old, now);
  const hunks = grouped(changes, old, hides).map((group) => hunkText(group, old, now, hides));
  return [`--- ${before.path}\n`, `+++ ${after.path}\n`, ...hunks].join("");
}

/** Lines [from, to) of the old text give way to lines [newFrom, newTo) of the new one. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * By lines that both texts have once (patience diff): headers of sections are such lines, so that a section is compared
 * with itself. What lies between two of them is replaced as a whole, its equal ends aside.
 */
function changesOf(old: readonly string[], now: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  const open: Change[] = [{ from: 0, to: old.length, newFrom: 0, newTo: now.length }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { from, to, newFrom, newTo } = trimmed(part, old, now);
    if (from === to && newFrom === newTo) continue;
    const anchors = from === to || newFrom === newTo ? [] : anchorsOf(old, now, { from, to, newFrom, newTo });
    if (anchors.length === 0) {
      changes.push({ from, to, newFrom, newTo });
      continue;
    }
    let [start, newStart] = [from, newFrom];
    for (const [line, newLine] of [...anchors, [to, newTo] as const]) {
      open.push({ from: start, to: line, newFrom: newStart, newTo: newLine });
      [start, newStart] = [line + 1, newLine + 1];
    }
  }
  return changes.toSorted((one, other) => one.from - other.from || one.newFrom - other.newFrom);
}

function trimmed(part: Change, old: readonly string[], now: readonly string[]): Change {
  let { from, to, newFrom, newTo } = part;
  while (from < to && newFrom < newTo && old[from] === now[newFrom]) {
    from++;
    newFrom++;
  }
  while (from < to && newFrom < newTo && old[to - 1] === now[newTo - 1]) {
    to--;
    newTo--;
  }
  return { from, to, newFrom, newTo };
}

/** The longest row of lines that both parts have exactly once, in the order of both. */
function anchorsOf(
  old: readonly string[],
  now: readonly string[],
  { from, to, newFrom, newTo }: Change,
): readonly (readonly [line: number, newLine: number])[] {
  const places = onceIn(old, from, to);
  const newPlaces = onceIn(now, newFrom, newTo);
  const pairs = [...places].flatMap(([line, at]) => {
    const newAt = newPlaces.get(line);
    return newAt === undefined ? [] : [{ at, newAt, before: undefined as Pair | undefined }];
  });
  // Longest increasing subsequence: `tops` has the pair with the smallest end for each length.
  const tops: Pair[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.newAt ?? 0) < pair.newAt) low = middle + 1;
      else high = middle;
    }
    pair.before = tops[low - 1];
    tops[low] = pair;
  }
  const row: (readonly [number, number])[] = [];
  for (let pair = tops.at(-1); pair !== undefined; pair = pair.before) row.push([pair.at, pair.newAt]);
  return row.toReversed();
}

interface Pair {
  readonly at: number;
  readonly newAt: number;
  before: Pair | undefined;
}

function onceIn(lines: readonly string[], from: number, to: number): Map<string, number> {
  const once = new Map<string, number>();
  const often = new Set<string>();
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? "";
    if (once.has(line)) often.add(line);
    else once.set(line, at);
  }
  for (const line of often) once.delete(line);
  return once;
}

/** Changes whose contexts touch make one hunk, unless a hidden line is between them. */
function grouped(
  changes: readonly Change[],
  old: readonly string[],
  hides: (line: string) => boolean,
): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    const joins =
      last !== undefined &&
      change.from - last.to <= 2 * CONTEXT &&
      !old.slice(last.to, change.from).some(hides);
    if (joins) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunkText(
  group: readonly Change[],
  old: readonly string[],
  now: readonly string[],
  hides: (line: string) => boolean,
): string {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return "";
  const { before, after } = contextOf(old, first.from, last.to, hides);
  const lines: string[] = [];
  let at = first.from - before;
  for (const { from, to, newFrom, newTo } of group) {
    for (const line of old.slice(at, from)) lines.push(marked(" ", line));
    for (const line of old.slice(from, to)) lines.push(marked("-", line));
    for (const line of now.slice(newFrom, newTo)) lines.push(marked("+", line));
    at = to;
  }
  for (const line of old.slice(at, at + after)) lines.push(marked(" ", line));
  const oldRange = range(first.from - before, last.to + after);
  const newRange = range(first.newFrom - before, last.newTo + after);
  return `@@ -${oldRange} +${newRange} @@\n${lines.join("")}`;
}

/**
 * The number of lines of context. Where a hidden line cuts one side short, the other is as short: `patch` takes a hunk with
 * less context on one side for one at that end of the file.
 */
function contextOf(
  old: readonly string[],
  from: number,
  to: number,
  hides: (line: string) => boolean,
): { readonly before: number; readonly after: number } {
  const hiddenBefore = old
    .slice(Math.max(0, from - CONTEXT), from)
    .toReversed()
    .findIndex(hides);
  const hiddenAfter = old.slice(to, to + CONTEXT).findIndex(hides);
  const most = Math.min(hiddenBefore < 0 ? CONTEXT : hiddenBefore, hiddenAfter < 0 ? CONTEXT : hiddenAfter);
  return { before: Math.min(most, from), after: Math.min(most, old.length - to) };
}

function marked(mark: string, line: string): string {
  return line.endsWith("\n") ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}

/** A range without lines names the line before it. */
function range(from: number, to: number): string {
  const length = to - from;
  const start = length === 0 ? from : from + 1;
  return length === 1 ? `${start}` : `${start},${length}`;
}
