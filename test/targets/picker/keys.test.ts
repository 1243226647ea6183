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
    "nothing for keys it does not know": ["\x1b[15~\x1b[<0;1;1M\x1b[[A\x1bx\x1b🗼\x00\x01\t", []],
  };
  test.each(Object.entries(cases))("readKeys() reads %s", (_, [input, keys]) => {
    expect(kinds(input)).toEqual(keys);
  });

  test("readKeys() reads a pasted text as one, without its line ends, in any pieces", () => {
    const sent = "a\x1b[200~one\r\ntwo\x7f\t\x1b[201~\r";
    expect(kinds(sent)).toEqual(['"a"', '"one two "', "take"]);
    for (let cut = 1; cut < sent.length; cut++) {
      const first = readKeys(sent.slice(0, cut));
      const second = readKeys(first.rest + sent.slice(cut), first.within);
      const all = [...first.keys, ...second.keys];
      const text = all.map((key) => (key.kind === "text" ? key.text : `<${key.kind}>`)).join("");
      // Two blanks where the line end is cut in two.
      expect([cut, text.replace(/ +/g, " ")]).toEqual([cut, "aone two <take>"]);
      expect([second.rest, second.within]).toEqual(["", "keys"]);
    }
  });

  test("readKeys() is interrupted within a paste that does not end", () => {
    const { keys, within } = readKeys("x\x03", "paste");
    expect([keys.at(-1), within]).toEqual([{ kind: "interrupt" }, "paste"]);
    expect(readKeys("\x1b", "paste").rest).toBe("\x1b");
    expect(readKeys("\x1b[2Jx", "paste").rest).toBe("");
  });

  test("readKeys() leaves the beginning of a sequence for the next time", () => {
    expect(readKeys("a\x1b[1;5")).toEqual({
      keys: [{ kind: "text", text: "a" }],
      rest: "\x1b[1;5",
      within: "keys",
    });
    expect(readKeys("\x1b").rest).toBe("\x1b");
    expect(readKeys("\x1b\x1b").rest).toBe("\x1b\x1b");
    expect(readKeys("\x1b[[").rest).toBe("\x1b[[");
    expect(restKeys("\x1b")).toEqual([{ kind: "leave" }]);
    expect(restKeys("\x1b\x1b")).toEqual([{ kind: "leave" }]);
    expect(restKeys("\x1b[1")).toEqual([]);
  });
});
