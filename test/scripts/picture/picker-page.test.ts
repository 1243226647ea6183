import { expect, test } from "bun:test";
import { lastPage } from "../../../scripts/picture/picker-page.ts";

const draw = (lines: string) => `\x1b[?7l\x1b[H${lines}\x1b[J\x1b[?7h\x1b[1;4H`;

test("lastPage() has the lines of the last whole picture, and where the cursor stands", () => {
  const sent = `\x1b[?1049h\x1b[H\x1b[2J${draw("old")}${draw("\x1b[1m> a\x1b[0m\x1b[K\r\r\n\x1b[2m  1 of 2\x1b[0m\x1b[K\r\n  b")}`;
  expect(lastPage(`${sent}\x1b[?7l\x1b[Hhalf`)).toEqual({
    lines: [
      { kind: "bold", text: "> a" },
      { kind: "dim", text: "  1 of 2" },
      { kind: "printed", text: "  b" },
    ],
    cursor: { row: 0, column: 3 },
  });
});

test("lastPage() of nothing is an error", () => {
  expect(() => lastPage("")).toThrow("the picker has drawn nothing");
});
