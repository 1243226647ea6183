/** The pages name what there is: links and anchors, files, and command lines of this program. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { HELPER_COMMAND } from "../src/cli/command-names.ts";
import { OPTIONS } from "../src/cli/options.ts";
import { parse } from "../src/cli/parse.ts";
import { dumpcredsWords } from "../src/cli/signing-helper.ts";
import { Failure } from "../src/lib/errors.ts";
import { words } from "./cli/words.ts";
import { blocks, codeSpans, headingAnchors, links } from "./readme/markdown.ts";
import { root } from "./support/source-tree.ts";

const ofProject = { cwd: root, onlyFiles: true } as const;
const paths = ["README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"].concat(
  await Array.fromAsync(new Bun.Glob("docs/*.md").scan(ofProject)),
);
const pages = new Map(
  await Promise.all(paths.map(async (path) => [path, await Bun.file(join(root, path)).text()] as const)),
);
const files = await Array.fromAsync(new Bun.Glob("{src,test,scripts,docs}/**/*.{ts,md,svg}").scan(ofProject));

/** Undefined where the link, as it is written on the page at `path`, leads to a file or heading of the project. */
function brokenLink(path: string, link: string): string | undefined {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? path : join(dirname(path), file);
  if (!existsSync(join(root, target))) return `${path}: ${link}: no such file`;
  if (anchor === undefined || headingAnchors(pages.get(target) ?? "").includes(anchor)) return undefined;
  return `${path}: ${link}: no such heading`;
}

/** The command lines of this program on the page, without placeholders: spans, and lines of examples. */
function commandLines(markdown: string): string[] {
  const lines = blocks(markdown)
    .filter(({ language }) => ["sh", "console", "ini"].includes(language))
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, "").split("\n"));
  return [...codeSpans(markdown), ...lines]
    .flatMap((line) => line.match(/(?<=^|[$=|] |[("])aws-login [a-z].*/)?.[0] ?? [])
    .filter((line) => !/…|<TAB>|__complete/.test(line))
    .map((line) => line.replace(/\)"?$|(?:\)"?;|\) \|\|| #|;| \\?\|| <| >| &&) .*/, "").trimEnd());
}

/** Why the program refuses the line before it does anything; undefined where it takes it. */
function refusal(line: string): string | undefined {
  try {
    const given = words(line).slice(1);
    parse(given[0] === HELPER_COMMAND ? dumpcredsWords(given) : given);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

describe.each([...pages])("%s", (path, page) => {
  test("each link leads to a file or a heading", () => {
    expect(links(page).flatMap((link) => brokenLink(path, link) ?? [])).toEqual([]);
  });

  test("each file of the project that it names exists", () => {
    const named = codeSpans(page).filter((span) => /^[a-z][\w./-]*\.(ts|md|svg)$/.test(span));
    const missing = named.filter(
      (name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)) && !existsSync(join(root, name)),
    );
    expect(missing).toEqual([]);
  });

  test("each command line can be typed", () => {
    const refused = commandLines(page).flatMap((line) => {
      const reason = refusal(line);
      return reason === undefined ? [] : [`${line}: ${reason}`];
    });
    expect(refused).toEqual([]);
  });
});
test("the pages have links and command lines to check", () => {
  const all = [...pages.values()];
  expect(all.flatMap(links).length).toBeGreaterThan(30);
  expect(all.flatMap(commandLines).length).toBeGreaterThan(100);
});

test("README.md or a page of docs/ names each option", () => {
  const text = [...pages].flatMap(([path, page]) => (/^(README|docs)/.test(path) ? [page] : [])).join("\n");
  const missing = OPTIONS.filter(({ name }) => !new RegExp(`${name}(?![\\w-])`).test(text));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
