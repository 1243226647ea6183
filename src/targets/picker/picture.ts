/** What the picker shows: lines for a screen of any size. Pure. */
import { columnsOf, fitted, visible } from "../../lib/visible.ts";
import { type Candidate, labelOf } from "../candidate.ts";
import { type PickerState, shownCount, shownIndex } from "./state.ts";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Whether attributes such as bold are drawn. */
export type Colour = "on" | "off";

/** Lines besides the entries: the filter, the count, and the keys. */
const OTHER_LINES = 3;

const KEYS = "type to filter, arrows to move, Enter takes, Esc leaves";

/** How many entries fit on a screen. */
export function entriesOn({ rows }: ScreenSize): number {
  return Math.max(rows - OTHER_LINES, 1);
}

/**
 * One line for each row at most, none wider than the screen: the filter first, then the part of the entries that has the
 * selected one. Names of others are spelled out where they could drive the terminal.
 */
export function pictureLines(state: PickerState, size: ScreenSize, colour: Colour): readonly string[] {
  // The last column stays free: some terminals wrap a line that fills it.
  const width = Math.max(size.columns - 1, 1);
  const page = entriesOn(size);
  const first = Math.min(
    Math.max(0, state.selected - Math.floor(page / 2)),
    Math.max(0, shownCount(state) - page),
  );
  const { all, matches, recentMatches, selected, status } = state;
  const bold = (text: string) => (colour === "on" ? `\x1b[1m${text}\x1b[0m` : text);
  const dim = (text: string) => (colour === "on" ? `\x1b[2m${text}\x1b[0m` : text);
  const entries: string[] = [];
  for (let place = first; place < first + page; place++) {
    const index = shownIndex(state, place);
    if (index === undefined) break;
    const mark = place === selected ? ">" : " ";
    const recent = place < recentMatches.length ? "*" : " ";
    const line = fitted(`${mark}${recent}${entryText(all.at(index))}`, width).trimEnd();
    entries.push(place === selected ? bold(line) : line);
  }
  const count = `  ${matches.length} of ${all.length}${status === "" ? "" : `, ${status}`}`;
  const lines = [
    bold(filterLine(state.filter, width)),
    // Where there are two rows, the entry that Enter takes is one of them.
    ...(size.rows >= OTHER_LINES ? [dim(fitted(count, width).trimEnd())] : []),
    ...entries,
    ...(size.rows > OTHER_LINES ? [dim(fitted(`  ${KEYS}`, width).trimEnd())] : []),
  ];
  return lines.slice(0, Math.max(size.rows, 1));
}

/** A pasted text may be longer than any screen is wide. */
const SHOWN_OF_FILTER = 1000;

/** The end of a long filter is what a person is typing. */
function filterLine(filter: string, width: number): string {
  const text = visible(filter.slice(-SHOWN_OF_FILTER));
  let left = width - 2;
  if (columnsOf(text) <= left) return `> ${text}`;
  let shown = "";
  for (const { segment } of [...new Intl.Segmenter().segment(text)].reverse()) {
    left -= columnsOf(segment);
    if (left < 0) break;
    shown = segment + shown;
  }
  const line = `> ${shown}`;
  return columnsOf(line) <= width ? line : fitted(line, width).trimEnd();
}

/** Characters of a name, which a portal may make longer than any screen is wide. */
const SHOWN_OF_NAME = 500;

/** The name, and what else the person may know it by. */
export function entryText(candidate: Candidate): string {
  const { profile, accountId, accountName, roleName, startUrl } = candidate;
  const role = accountId && (roleName ? `${accountName ?? accountId}/${roleName}` : accountId);
  const ofRole =
    profile === undefined ? accountId : accountName === undefined ? role : `${role}  ${accountId}`;
  const about = ofRole ?? startUrl;
  const label = labelOf(candidate);
  const parts = about === undefined || about === label ? [label] : [label, about];
  return parts.map((part) => visible(shortened(part))).join("  ");
}

function shortened(text: string): string {
  return text.length <= SHOWN_OF_NAME ? text : `${text.slice(0, SHOWN_OF_NAME)}…`;
}
