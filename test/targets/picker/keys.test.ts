import { describe, expect, test } from "bun:test";
import { readKeys, restKeys } from "../../../src/targets/picker/keys.ts";

const kinds = (input: string) =>
  readKeys(input).keys.map((key) => (key.kind === "text" ? `"${key.text}"` : key.kind));

describe("readKeys()", () => {
  const cases: Record<string, [input: string, keys: string[]]> = {
    "letters, also wide and combined ones, in one piece": ["prod 東e\u0301", ['"prod 東e\u0301"']],
    "arrows in normal and application mode": ["\x1b[A\x1b[B\x1bOA\x1bOB", ["up", "down", "up", "down"]],
    "pages and ends of every terminal": [
      "\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH",
      ["page-up", "page-down", "first", "last", "first", "last", "first", "last", "first"],
    ],
    "arrows with Ctrl or Shift": ["\x1b[1;5A", ["up"]],
    "control keys": [
      "\x0e\x10\x7f\x08\x15\x17\r\n\x03\x04",
      ["down", "up", "erase", "erase", "erase-all", "erase-word", "take", "take", "interrupt", "leave"],
    ],
    "text between keys": ["a\x1b[Bb\r", ['"a"', "down", '"b"', "take"]],
    "arrows with Alt, as rxvt sends them": ["\x1b\x1b[A\x1b\x1bOB", ["up", "down"]],
    "Esc that is pressed twice": ["\x1b\x1bx", ["leave", '"x"']],
    "nothing for keys it does not know": ["\x1b[15~\x1b[200~\x1b[<0;1;1M\x1b[[A\x1bx\x1b🗼\x00\x01\t", []],
  };
  test.each(Object.entries(cases))("readKeys() reads %s", (_, [input, keys]) => {
    expect(kinds(input)).toEqual(keys);
  });

  test("readKeys() leaves the beginning of a sequence for the next time", () => {
    expect(readKeys("a\x1b[1;5")).toEqual({ keys: [{ kind: "text", text: "a" }], rest: "\x1b[1;5" });
    expect(readKeys("\x1b")).toEqual({ keys: [], rest: "\x1b" });
    expect(readKeys("\x1b\x1b")).toEqual({ keys: [], rest: "\x1b\x1b" });
    expect(readKeys("\x1b[[")).toEqual({ keys: [], rest: "\x1b[[" });
    expect(restKeys("\x1b")).toEqual([{ kind: "leave" }]);
    expect(restKeys("\x1b\x1b")).toEqual([{ kind: "leave" }]);
    expect(restKeys("\x1b[1")).toEqual([]);
  });
});
