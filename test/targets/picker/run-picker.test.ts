import { describe, expect, test } from "bun:test";
import type { Screen, ScreenEvent } from "../../../src/system/types.ts";
import type { Candidate } from "../../../src/targets/candidate.ts";
import { candidateList } from "../../../src/targets/candidate-list.ts";
import { runPicker } from "../../../src/targets/picker/run-picker.ts";
import { openPicker } from "../../../src/targets/picker/state.ts";

const named = (profile: string): Candidate => ({ profile, options: { profile } });
const all = [named("a-one"), named("b-two")];

/** A screen on which these events come; undefined is a silence. */
function screenOf(
  events: readonly (string | ScreenEvent | undefined)[],
): Screen & { readonly drawn: string[] } {
  const left = [...events];
  const drawn: string[] = [];
  return {
    drawn,
    size: () => ({ columns: 80, rows: 24 }),
    draw: (text) => drawn.push(text),
    next: async () => {
      await undefined;
      if (left.length === 0) throw new Error("no event is left");
      const event = left.shift();
      return typeof event === "string" ? { kind: "input", text: event } : event;
    },
    wake: () => {},
  };
}
const input = { state: openPicker(candidateList(all), [], "", ""), colour: "off", later: undefined } as const;

describe("runPicker()", () => {
  test("runPicker() gives what Enter takes, keys in pieces included", async () => {
    const screen = screenOf(["\x1b", "[B", { kind: "resized" }, "\r"]);
    expect(await runPicker(input, screen)).toEqual(named("b-two"));
    expect(screen.drawn.at(-1)).toContain("> b-two");
    expect(screen.drawn.at(-1)).toEndWith("\x1b[1;3H");
  });

  test("runPicker() leaves by Esc alone, Ctrl-C, a signal and a terminal that is gone", async () => {
    for (const events of [["\x1b", undefined], ["\x03"], [{ kind: "ended" } as const]]) {
      expect(await runPicker(input, screenOf(events))).toBeUndefined();
    }
  });

  test("runPicker() takes the entry of the picture at which Enter was pressed", async () => {
    const later = async () => ({ all: candidateList([named("a-new")]), status: "" });
    const screen = screenOf([{ kind: "resized" }, { kind: "woken" }, "\r"]);
    expect(await runPicker({ ...input, later }, screen)).toEqual(named("a-new"));
    // The other entries have come, and no picture has shown them yet.
    expect(await runPicker({ ...input, later }, screenOf(["\r"]))).toEqual(named("a-one"));
  });

  test("runPicker() takes entries that come later, and keeps the selection", async () => {
    const state = openPicker(candidateList(all), [], "", "asking the portals");
    const later = async () => ({ all: candidateList([named("a-new"), ...all]), status: "" });
    const screen = screenOf(["\x1b[B", { kind: "woken" }, { kind: "woken" }, "\r"]);
    expect(await runPicker({ ...input, state, later }, screen)).toEqual(named("b-two"));
    expect(screen.drawn[0]).toContain("2 of 2, asking the portals");
    expect(screen.drawn.at(-1)).toContain("3 of 3\x1b[K");
  });
});
