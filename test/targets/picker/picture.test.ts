import { describe, expect, test } from "bun:test";
import type { Candidate } from "../../../src/targets/candidate.ts";
import { candidateList } from "../../../src/targets/candidate-list.ts";
import { entriesOn, entryText, pictureLines } from "../../../src/targets/picker/picture.ts";
import { openPicker, press } from "../../../src/targets/picker/state.ts";

const role = (accountId: string, accountName: string): Candidate => ({
  accountId,
  accountName,
  roleName: "Admin",
  options: {},
});
const many = Array.from({ length: 100 }, (_, index) =>
  role(String(index).padStart(12, "0"), `account-${String(index).padStart(2, "0")}`),
);
const screen = { columns: 80, rows: 24 };

describe("pictureLines()", () => {
  test("pictureLines() has the filter, the count, the entries and the keys", () => {
    const lines = pictureLines(
      openPicker(candidateList(many.slice(0, 2)), [], "acc", "asking"),
      screen,
      "off",
    );
    expect(lines).toEqual([
      "> acc",
      "  2 of 2, asking",
      "> account-00/Admin  000000000000",
      "  account-01/Admin  000000000001",
      "  type to filter, arrows to move, Enter takes, Esc leaves",
    ]);
  });

  test("pictureLines() shows the part that has the selected entry", () => {
    const state = press(openPicker(candidateList(many), [], "", ""), { kind: "last" }, 1);
    if ("kind" in state) throw new Error("ended");
    const lines = pictureLines(state, screen, "off");
    expect(lines).toHaveLength(24);
    expect(lines.at(-2)).toBe("> account-99/Admin  000000000099");
  });

  for (const [columns, rows] of [
    [80, 24],
    [40, 10],
    [10, 3],
    [1, 1],
  ] as const) {
    test(`pictureLines() fits ${columns} columns and ${rows} rows`, () => {
      const hostile = [
        role("111111111111", "東京東京東京東京東京東京東京"),
        role("222222222222", "\x1b]0;x\x07\r\n\u202eabc"),
      ];
      const lines = pictureLines(
        openPicker(candidateList([...hostile, ...many]), [], "", ""),
        { columns, rows },
        "on",
      );
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) {
        const plain = Bun.stripANSI(line);
        expect(Bun.stringWidth(plain)).toBeLessThan(Math.max(columns, 3));
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    });
  }

  test("pictureLines() has the entry that Enter takes on two rows", () => {
    const size = { columns: 80, rows: 2 };
    expect(pictureLines(openPicker(candidateList(many), [], "", ""), size, "off")).toEqual([
      "> ",
      "> account-00/Admin  000000000000",
    ]);
  });

  test("pictureLines() shows the end of a long filter", () => {
    const [line = ""] = pictureLines(
      openPicker(candidateList([]), [], `${"x".repeat(50)}end`, ""),
      { columns: 20, rows: 5 },
      "off",
    );
    expect(line).toEndWith("xend");
    expect(line.length).toBeLessThan(20);
  });

  test("pictureLines() has attributes only in colour", () => {
    expect(pictureLines(openPicker(candidateList(many), [], "", ""), screen, "off").join("")).not.toContain(
      "\x1b",
    );
    expect(pictureLines(openPicker(candidateList(many), [], "", ""), screen, "on").join("")).toContain(
      "\x1b[1m",
    );
  });
});

test("entryText() says what a profile or a portal stands for, and spells out what drives a terminal", () => {
  expect(entryText({ ...role("111111111111", "Prod"), profile: "p" })).toBe("p  Prod/Admin  111111111111");
  expect(entryText({ profile: "p", accountId: "111111111111", roleName: "R", options: {} })).toBe(
    "p  111111111111/R",
  );
  expect(entryText({ profile: "keys", options: {} })).toBe("keys");
  const startUrl = "https://d-1.awsapps.com/start";
  expect(entryText({ profile: "old", startUrl, options: {} })).toBe(`old  ${startUrl}`);
  expect(entryText({ startUrl, options: {} })).toBe(startUrl);
  expect(entryText(role("111111111111", "\x1b[2J"))).toBe("\\u{1b}[2J/Admin  111111111111");
});

test("entryText() cuts a name that no screen has room for", () => {
  const text = entryText(role("111111111111", "\x1b".repeat(1_000_000)));
  expect(text).toEndWith("\\u{1b}…  111111111111");
  expect(text.length).toBeLessThan(10_000);
});

test("entriesOn() is at least one", () => {
  expect([entriesOn(screen), entriesOn({ columns: 80, rows: 2 })]).toEqual([21, 1]);
});
