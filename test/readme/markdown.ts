/** Takes README.md and the pages that explain options apart. */
import { join } from "node:path";
import { root } from "../support/source-tree.ts";

export const readme = await Bun.file(join(root, "README.md")).text();

/** The page with an example of every credential source. */
export const sourcesPage = await Bun.file(join(root, "docs/sources.md")).text();

/** The page about target words. */
export const identitiesPage = await Bun.file(join(root, "docs/identities.md")).text();

/** What stands between two fences, without them. */
export interface Block {
  readonly language: string;
  /** The number of its first line in the file. */
  readonly line: number;
  readonly text: string;
}

export function blocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ({ index, 1: language = "", 2: text = "" }) => ({
      language,
      line: markdown.slice(0, index).split("\n").length + 1,
      text,
    }),
  );
}

/** The texts of the blocks in this language. */
export function blocksIn(language: string): string[] {
  return blocks(readme)
    .filter((block) => block.language === language)
    .map(({ text }) => text);
}

/** What stands between backticks in running text and in tables. */
export function codeSpans(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
}

/** The cells of the table whose first heading this is, row by row, without the backticks around a whole cell. */
export function tableRows(markdown: string, heading: string): string[][] {
  const [, body = ""] =
    markdown.match(new RegExp(`^\\| ${heading} \\|.*\\n\\|[ |-]+\\n((?:\\|.*\\n)+)`, "m")) ?? [];
  return body
    .split("\n")
    .filter((row) => row !== "")
    .map((row) =>
      row
        .replace(/^\| | \|$/g, "")
        .split(" | ")
        .map((cell) => cell.replace(/^`([^`]+)`$/, "$1")),
    );
}

/** The targets of the links and pictures that are in the project, as they are written. */
export function links(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^https?:/.test(target));
}

/** What a link to a heading of this page has after its `#`, as GitHub makes it. */
export function headingAnchors(markdown: string): string[] {
  const prose = markdown.replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
