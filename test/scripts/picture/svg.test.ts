import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { columns, type TerminalLine, terminalLines, terminalSvg } from "../../../scripts/picture/svg.ts";
import { typedLines } from "../../../scripts/picture/typed-lines.ts";
import { blocks, readme } from "../../readme/markdown.ts";
import { steps } from "../../readme/transcript.ts";
import { root } from "../../support/source-tree.ts";

const lines: readonly TerminalLine[] = [
  { kind: "typed", text: "source <(aws-login dumpcreds)" },
  { kind: "printed", text: '    "Arn": "a & b"' },
];

describe("terminalSvg()", () => {
  test("terminalSvg() keeps every line, marks escaped, so that terminalLines() reads them back", () => {
    expect(terminalLines(terminalSvg(lines))).toEqual([...lines]);
  });

  test("terminalSvg() shortens a line that is wider than the window", () => {
    const [line] = terminalLines(terminalSvg([{ kind: "printed", text: "x".repeat(columns + 1) }]));
    expect(line?.text).toBe(`${"x".repeat(columns - 1)}…`);
  });
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
