/** The picker as a state machine: entries and keys in, what is shown and what is chosen out. Pure. */
import { wordsOf } from "../../lib/words.ts";
import type { Candidate } from "../candidate.ts";
import { type CandidateList, indexOfKey } from "../candidate-list.ts";
import { containing } from "../match-words.ts";
import type { Key } from "./keys.ts";

export interface PickerState {
  readonly all: CandidateList;
  /** The sort keys of what was chosen lately, the latest first. */
  readonly recent: readonly string[];
  readonly filter: string;
  /** The indexes of what the filter leaves, ascending. */
  readonly matches: readonly number[];
  /** The indexes of the latest choices among them, ascending. They stand once more above. */
  readonly recentMatches: readonly number[];
  /** The place of the selected entry: in the recent ones, then the others; 0 where nothing is shown. */
  readonly selected: number;
  /** What is being done meanwhile: "asking the portals". */
  readonly status: string;
}

export type PickerOutcome =
  | { readonly kind: "chosen"; readonly candidate: Candidate }
  | { readonly kind: "left" };

/** How many recent entries are shown: a short way to a few, and the rest is in its place below. */
const RECENT = 5;

/** `filter` is what the filter line begins with. */
export function openPicker(
  all: CandidateList,
  recent: readonly string[],
  filter: string,
  status: string,
): PickerState {
  return matched({ all, recent, filter, status, matches: [], recentMatches: [], selected: 0 });
}

/** The same with other entries; the selected one stays selected while it is there. */
export function withEntries(state: PickerState, all: CandidateList, status: string): PickerState {
  const { selected, recentMatches } = state;
  const next = matched({ ...state, all, status });
  const before = shownIndex(state, selected);
  const index = before === undefined ? undefined : indexOfKey(all, state.all.keyAt(before));
  if (index !== undefined) {
    // Where it was, in the recent ones or below.
    const above = selected < recentMatches.length ? next.recentMatches.indexOf(index) : -1;
    if (above >= 0) return { ...next, selected: above };
    const below = placeOf(index, next.matches);
    if (below >= 0) return { ...next, selected: next.recentMatches.length + below };
  }
  return { ...next, selected: Math.min(selected, Math.max(shownCount(next) - 1, 0)) };
}

/** How many entries are shown, those that stand twice counted twice. */
export function shownCount({ matches, recentMatches }: PickerState): number {
  return recentMatches.length + matches.length;
}

/** The index of the entry at this place; undefined where there is none. */
export function shownIndex({ matches, recentMatches }: PickerState, place: number): number | undefined {
  return place < recentMatches.length ? recentMatches[place] : matches[place - recentMatches.length];
}

/** The state after the key, or how it ended. `page` is the number of entries on the screen. */
export function press(state: PickerState, key: Key, page: number): PickerState | PickerOutcome {
  const { filter, selected, all } = state;
  const last = Math.max(shownCount(state) - 1, 0);
  const select = (index: number) => ({ ...state, selected: Math.min(Math.max(index, 0), last) });
  switch (key.kind) {
    case "text":
      return refiltered(state, filter + key.text);
    case "erase":
      return refiltered(state, withoutLast(filter));
    case "erase-word":
      return refiltered(state, filter.replace(/\S*\s*$/u, ""));
    case "erase-all":
      return refiltered(state, "");
    case "up":
      return select(selected - 1);
    case "down":
      return select(selected + 1);
    case "page-up":
      return select(selected - page);
    case "page-down":
      return select(selected + page);
    case "first":
      return select(0);
    case "last":
      return select(last);
    case "take": {
      const index = shownIndex(state, selected);
      return index === undefined ? state : { kind: "chosen", candidate: all.at(index) };
    }
    case "leave":
    case "interrupt":
      return { kind: "left" };
  }
}

/** A new filter selects its first match. Of a longer one only what the shorter one left is searched. */
function refiltered(state: PickerState, filter: string): PickerState {
  if (filter === state.filter) return state;
  const within = filter.startsWith(state.filter) ? state.matches : undefined;
  return matched({ ...state, filter, selected: 0 }, within);
}

function matched(state: PickerState, within?: readonly number[]): PickerState {
  const matches = containing(wordsOf(state.filter), state.all, within);
  const recentMatches: number[] = [];
  for (const key of state.recent) {
    const index = indexOfKey(state.all, key);
    if (index !== undefined && placeOf(index, matches) >= 0) recentMatches.push(index);
    if (recentMatches.length === RECENT) break;
  }
  // In the order of all: a block whose order moves would lead to the wrong one.
  return { ...state, matches, recentMatches: recentMatches.sort((one, other) => one - other) };
}

/** The place of the number among those that ascend; -1 where it is not there. */
function placeOf(index: number, ascending: readonly number[]): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascending[middle] ?? 0) < index) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === index ? from : -1;
}

/** Without the last character as a person sees it: a letter with its accents, an emoji with its parts. */
function withoutLast(text: string): string {
  const last = [...new Intl.Segmenter().segment(text)].at(-1);
  return last === undefined ? text : text.slice(0, last.index);
}
