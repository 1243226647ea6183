import { describe, expect, test } from "bun:test";
import { type Candidate, labelOf, sortKey } from "../../../src/targets/candidate.ts";
import { candidateList, candidatesAt } from "../../../src/targets/candidate-list.ts";
import type { Key } from "../../../src/targets/picker/keys.ts";
import {
  openPicker,
  type PickerState,
  press,
  shownIndex,
  withEntries,
} from "../../../src/targets/picker/state.ts";

const named = (profile: string): Candidate => ({ profile, options: { profile } });
const names = ["dev-admin", "dev-reader", "prod-admin", "prod-reader", "zoo"];
const all = candidateList(names.map(named));

function after(state: PickerState, ...keys: (string | Exclude<Key["kind"], "text">)[]): PickerState {
  let now = state;
  for (const key of keys) {
    const known = ["up", "down", "page-up", "page-down", "first", "last", "erase", "erase-word", "erase-all"];
    const next = press(now, known.includes(key) ? ({ kind: key } as Key) : { kind: "text", text: key }, 2);
    if ("kind" in next) throw new Error("the picker ended");
    now = next;
  }
  return now;
}
const shown = ({ all: list, recentMatches, matches }: PickerState) =>
  candidatesAt(list, [...recentMatches, ...matches]).map(labelOf);
const at = (state: PickerState) => labelOf(state.all.at(shownIndex(state, state.selected) ?? -1));
const open = (filter = "", recent: readonly string[] = []) => openPicker(all, recent, filter, "");

describe("press()", () => {
  test("press() narrows and widens as one types", () => {
    expect(shown(open("prod "))).toEqual(["prod-admin", "prod-reader"]);
    const typed = after(open("prod "), "read");
    expect(shown(typed)).toEqual(["prod-reader"]);
    expect(shown(after(typed, "erase-word"))).toEqual(["prod-admin", "prod-reader"]);
    expect(shown(after(typed, "erase-all"))).toEqual(names);
    expect(after(open("xe\u0301"), "erase").filter).toBe("x");
  });

  test("press() moves within the entries", () => {
    expect(at(after(open(), "down", "down", "up"))).toBe("dev-reader");
    expect(at(after(open(), "up"))).toBe("dev-admin");
    expect(at(after(open(), "page-down", "page-down", "page-down"))).toBe("zoo");
    expect(at(after(open(), "last", "page-up"))).toBe("prod-admin");
    expect(at(after(open(), "last", "first"))).toBe("dev-admin");
    expect(at(after(open(), "down", "prod"))).toBe("prod-admin");
  });

  test("press() takes the selected entry, or nothing where there is none", () => {
    expect(press(open("zoo"), { kind: "take" }, 2)).toEqual({ kind: "chosen", candidate: named("zoo") });
    const none = open("nowhere");
    expect(press(none, { kind: "take" }, 2)).toBe(none);
    expect(press(none, { kind: "interrupt" }, 2)).toEqual({ kind: "left" });
  });
});

describe("recent entries", () => {
  const recent = [named("zoo"), named("dev-reader"), named("gone")].map(sortKey);

  test("stand above in the same order, and in their place below", () => {
    const state = open("", recent);
    expect(shown(state)).toEqual(["dev-reader", "zoo", ...names]);
    expect([state.recentMatches.length, state.selected]).toEqual([2, 0]);
    expect(shown(open("prod", recent))).toEqual(["prod-admin", "prod-reader"]);
  });

  test("are the latest five", () => {
    const many = candidateList("abcdefgh".split("").map(named));
    expect(
      openPicker(
        many,
        [..."hgfedcba"].map((name) => sortKey(named(name))),
        "",
        "",
      ).recentMatches.length,
    ).toBe(5);
  });
});

describe("withEntries()", () => {
  test("withEntries() keeps what is selected while it is there", () => {
    const state = after(open(), "last", "up");
    const more = candidateList([...names, "aaa", "prod-other"].map(named));
    expect(at(withEntries(state, more, ""))).toBe("prod-reader");
    expect(at(withEntries(state, candidateList(names.slice(0, 2).map(named)), ""))).toBe("dev-reader");
    expect(shown(withEntries(state, candidateList([]), ""))).toEqual([]);
  });

  test("withEntries() keeps the selection in the block where it was", () => {
    const recent = [sortKey(named("zoo"))];
    const below = after(open("", recent), "last");
    expect(withEntries(below, all, "").selected).toBe(below.selected);
    expect(withEntries(open("", recent), all, "").selected).toBe(0);
  });
});
