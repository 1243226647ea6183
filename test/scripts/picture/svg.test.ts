import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { type TerminalLine, terminalLines, terminalSvg } from "../../../scripts/picture/svg.ts";
import { typedLines } from "../../../scripts/picture/typed-lines.ts";
import { candidateList } from "../../../src/targets/candidate-list.ts";
import { pictureLines } from "../../../src/targets/picker/picture.ts";
import { openPicker } from "../../../src/targets/picker/state.ts";
import { blocks, readme } from "../../readme/markdown.ts";
import { steps } from "../../readme/transcript.ts";
import { root } from "../../support/source-tree.ts";

const lines: readonly TerminalLine[] = [
  { kind: "typed", text: "source <(aws-login dumpcreds)" },
  { kind: "printed", text: '    "Arn": "a & b"' },
];

const window = { label: "a & b", columns: 40 };

describe("terminalSvg()", () => {
  test("terminalSvg() keeps every line, marks escaped, so that terminalLines() reads them back", () => {
    const all: readonly TerminalLine[] = [
      ...lines,
      { kind: "bold", text: "> x" },
      { kind: "dim", text: "  y" },
    ];
    expect(terminalLines(terminalSvg(all, window))).toEqual([...all]);
  });

  test("terminalSvg() shortens a line that is wider than the window", () => {
    const [line] = terminalLines(terminalSvg([{ kind: "printed", text: "x".repeat(41) }], window));
    expect(line?.text).toBe(`${"x".repeat(39)}…`);
  });
});

test("terminalSvg() says what it shows, and has a cursor where there is one", () => {
  const cursor = { row: 1, column: 2 };
  expect(terminalSvg(lines, window)).toContain('aria-label="a &amp; b"');
  expect(terminalSvg(lines, { ...window, cursor })).toContain('<rect x="32.8" y="49"');
});

test("typedLines() takes the commands of the first transcript", () => {
  expect(typedLines("text\n```console\n$ one | two\nprinted\n$ three\n```\n```console\n$ no\n```\n")).toEqual(
    ["one | two", "three"],
  );
});

test("docs/terminal.svg shows the commands of README.md's first transcript, with as many lines printed", async () => {
  const picture = terminalLines(await Bun.file(join(root, "docs/terminal.svg")).text());
  const [first] = blocks(readme).filter(({ language }) => language === "console");
  const expected = steps(first?.text ?? "");
  expect(picture.filter(({ kind }) => kind === "typed").map(({ text }) => text)).toEqual(
    expected.map(({ command }) => command),
  );
  expect(picture.filter(({ kind }) => kind === "printed").length).toBe(
    expected.flatMap(({ output }) => output).length,
  );
});

test("docs/picker.svg shows the picker as it is drawn today", async () => {
  const picture = terminalLines(await Bun.file(join(root, "docs/picker.svg")).text());
  const [filter, count, first] = picture;
  expect([filter?.kind, filter?.text]).toEqual(["bold", "> read a"]);
  expect(count?.text).toMatch(/^ {2}\d+ of \d+$/);
  expect([first?.kind, first?.text]).toEqual([
    "bold",
    expect.stringMatching(/^>[* ].+\/ReadOnlyAccess {2}\d{12}$/),
  ]);
  const today = pictureLines(openPicker(candidateList([]), [], "", ""), { columns: 76, rows: 12 }, "off");
  expect(picture.at(-1)).toEqual({ kind: "dim", text: today.at(-1) ?? "" });
});
