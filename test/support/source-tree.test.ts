import { expect, test } from "bun:test";
import { findCycle, type Import, parseSource, type SourceFile, staticClosure } from "./source-tree.ts";

/** Files by name, with what they import: `=` before a name stands for `import()`, `:` for types. */
function files(tree: Readonly<Record<string, string>>): SourceFile[] {
  const kinds: Readonly<Record<string, Import["kind"]>> = { "=": "dynamic", ":": "type" };
  return Object.entries(tree).map(([path, names]) => ({
    path,
    text: "",
    code: "",
    imports: names
      .split(" ")
      .filter(Boolean)
      .map((name) => ({ kind: kinds[name.charAt(0)] ?? "static", target: name.replace(/^[=:]/, "") })),
  }));
}

test("staticClosure() follows imports, but neither import() nor types", () => {
  const tree = files({ main: "b =c :d", b: "e", c: "f", d: "", e: "", f: "" });
  expect(staticClosure(tree, "main")).toEqual(["b", "e", "main"]);
});

test("findCycle() shows the ring without the way to it, import() included", () => {
  expect(findCycle(files({ a: "b", b: "c", c: "=d", d: "b" }))).toEqual(["b", "c", "d", "b"]);
});

test("findCycle() finds none where two files share a third, or only know each other's types", () => {
  expect(findCycle(files({ a: "b c", b: "d :a", c: "d", d: ":a" }))).toBeUndefined();
});

test("parseSource() tells the kinds of import apart and drops types and comments from the code", () => {
  const text = `import { homedir } from "node:os";
import type {
  Long,
  Words,
} from "../long.ts";
import { type Inline } from "./inline.ts";
import mixed, { type Type } from "./mixed.ts";
export { handed } from "./handed.ts";

/** A comment with "from" in it: see from "./comment.ts"; */
export const later = async (x: Long | Inline | Type | Words) => [homedir(), mixed, x, await import("./later.ts")];
`;
  const { imports, code } = parseSource("src/a/b.ts", text);
  expect(imports.toSorted((a, b) => (a.target < b.target ? -1 : 1))).toEqual([
    { kind: "static", target: "node:os" },
    { kind: "static", target: "src/a/handed.ts" },
    { kind: "type", target: "src/a/inline.ts" },
    { kind: "dynamic", target: "src/a/later.ts" },
    { kind: "static", target: "src/a/mixed.ts" },
    { kind: "type", target: "src/long.ts" },
  ]);
  expect(code).not.toContain("comment");
  expect(code).not.toContain("Long");
});

test("parseSource() leaves no code of a file that has types alone", () => {
  const text = 'import type { A } from "./a.ts";\n/** Types. */\nexport interface B { readonly a: A }\n';
  expect(parseSource("src/b.ts", text).code).toBe("");
});
