/** The picker as a state machine: entries and keys in, what is shown and what is chosen out. Pure. */
import { type Candidate, sortKey } from "../candidate.ts";
import { containing } from "../match-words.ts";
import type { Key } from "./keys.ts";

export interface PickerState {
  /** In a stable order. */
  readonly all: readonly Candidate[];
  /** The sort keys of what was chosen lately, the latest first. */
  readonly recent: readonly string[];
  readonly filter: string;
  /** What the filter leaves: first the recent ones, then all, the recent ones included. */
  readonly shown: readonly Candidate[];
  /** How many of `shown` are in the block of recent ones. */
  readonly recentCount: number;
  /** Index in `shown`; 0 where nothing is shown. */
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
  all: readonly Candidate[],
  recent: readonly string[],
  filter: string,
  status: string,
): PickerState {
  return filtered({ all, recent, filter, shown: [], recentCount: 0, selected: 0, status }, undefined);
}

/** The same with other entries; the selected one stays selected while it is there. */
export function withEntries(state: PickerState, all: readonly Candidate[], status: string): PickerState {
  return filtered({ ...state, all, status }, state.shown[state.selected]);
}

/** The state after the key, or how it ended. `page` is the number of entries on the screen. */
export function press(state: PickerState, key: Key, page: number): PickerState | PickerOutcome {
  const { filter, selected, shown } = state;
  const last = Math.max(shown.length - 1, 0);
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
      const candidate = shown[selected];
      return candidate === undefined ? state : { kind: "chosen", candidate };
    }
    case "leave":
    case "interrupt":
      return { kind: "left" };
  }
}

/** A new filter selects its first match. */
function refiltered(state: PickerState, filter: string): PickerState {
  return filter === state.filter ? state : filtered({ ...state, filter }, undefined);
}

function filtered(state: PickerState, keep: Candidate | undefined): PickerState {
  const matches = containing(
    state.filter.split(/\s+/).filter((word) => word !== ""),
    state.all,
  );
  const wantedKeys = new Set(state.recent);
  // In the order of all: a block whose order moves would lead to the wrong one.
  const known = wantedKeys.size === 0 ? [] : matches.filter((match) => wantedKeys.has(sortKey(match)));
  const latest = new Set(
    state.recent.filter((key) => known.some((match) => sortKey(match) === key)).slice(0, RECENT),
  );
  const recent = known.filter((match) => latest.has(sortKey(match)));
  const shown = [...recent, ...matches];
  const wanted = keep && sortKey(keep);
  // Where it was, in the recent ones or below.
  const from = keep !== undefined && state.selected >= state.recentCount ? recent.length : 0;
  const at =
    wanted === undefined ? -1 : shown.findIndex((entry, index) => index >= from && sortKey(entry) === wanted);
  const selected =
    at >= 0 ? at : Math.min(keep === undefined ? 0 : state.selected, Math.max(shown.length - 1, 0));
  return { ...state, shown, recentCount: recent.length, selected };
}

/** Without the last character as a person sees it: a letter with its accents, an emoji with its parts. */
function withoutLast(text: string): string {
  const last = [...new Intl.Segmenter().segment(text)].at(-1);
  return last === undefined ? text : text.slice(0, last.index);
}
