import { expect, test } from "bun:test";
import { table, tabSeparated } from "../../../src/commands/list/table.ts";

test("table() aligns columns by what a terminal shows, and leaves out empty ones", () => {
  const rows = [
    ["a", "", "東京"],
    ["longer", "", "x\x1b[1m"],
  ];
  expect(table(["ONE", "TWO", "THREE"], rows)).toBe("ONE     THREE\na       東京\nlonger  x\\u{1b}[1m\n");
});

test("tabSeparated() has a line for each row whatever the values hold", () => {
  expect(
    tabSeparated([
      ["a\tb", "c\nd"],
      ["", "e"],
    ]),
  ).toBe("a\\u{9}b\tc\\u{a}d\n\te\n");
});
