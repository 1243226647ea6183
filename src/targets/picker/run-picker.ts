/** The picker on a screen: reads keys, draws, and takes entries that come meanwhile. */
import { columnsOf } from "../../lib/visible.ts";
import type { Screen } from "../../system/types.ts";
import type { Candidate } from "../candidate.ts";
import type { CandidateList } from "../candidate-list.ts";
import { type Key, readKeys, restKeys, type Within } from "./keys.ts";
import { type Colour, entriesOn, pictureLines } from "./picture.ts";
import { type PickerState, press, withEntries } from "./state.ts";

/** Entries that come after the first picture, and what is said of them. */
export interface LaterEntries {
  readonly all: CandidateList;
  readonly status: string;
}

export interface PickerInput {
  /** As it is opened. */
  readonly state: PickerState;
  readonly colour: Colour;
  /** Called once the first picture is drawn; never rejects. */
  readonly later: (() => Promise<LaterEntries>) | undefined;
}

/** Milliseconds in which the rest of a key's sequence comes; more over a slow line than within a machine. */
const SEQUENCE_TIME = 60;

/** Resolves to the chosen candidate; undefined when the person left, or the terminal did. */
export async function runPicker(input: PickerInput, screen: Screen): Promise<Candidate | undefined> {
  const { colour, later } = input;
  let { state } = input;
  let arrived: LaterEntries | undefined;
  let rest = "";
  let within: Within = "keys";
  draw(state, screen, colour);
  void later?.().then((entries) => {
    arrived = entries;
    screen.wake();
  });
  for (;;) {
    const event = await screen.next(rest === "" ? undefined : SEQUENCE_TIME);
    if (event?.kind === "ended") return undefined;
    let keys: readonly Key[] = [];
    if (event === undefined) {
      keys = restKeys(rest);
      rest = "";
    } else if (event.kind === "input") {
      ({ keys, rest, within } = readKeys(rest + event.text, within));
    }
    // The keys first: they were pressed before a picture of other entries.
    for (const key of keys) {
      const next = press(state, key, entriesOn(screen.size()));
      if ("kind" in next) return next.kind === "chosen" ? next.candidate : undefined;
      state = next;
    }
    if (arrived !== undefined) {
      state = withEntries(state, arrived.all, arrived.status);
      arrived = undefined;
    }
    draw(state, screen, colour);
  }
}

/**
 * One write for a whole picture, so that no terminal shows half of it. Where a terminal takes a character for wider than
 * this program does, the line is cut and does not wrap. The cursor stands where the person types.
 */
function draw(state: PickerState, screen: Screen, colour: Colour): void {
  const size = screen.size();
  const lines = pictureLines(state, size, colour);
  const picture = lines.map((line) => `${line}\x1b[K`).join("\r\n");
  // Attributes take no column.
  const column = Math.min(columnsOf(lines[0] ?? "") + 1, size.columns);
  screen.draw(`\x1b[?7l\x1b[H${picture}\x1b[J\x1b[?7h\x1b[1;${column}H`);
}
