/** SECURITY.md names what there is. */
import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { codeSpans } from "./readme/markdown.ts";
import { readSources, root } from "./support/source-tree.ts";

const page = await Bun.file(join(root, "SECURITY.md")).text();

test("every test that SECURITY.md names exists", async () => {
  const files = (await readSources("test")).map(({ path }) => path);
  const folders = (await readdir(join(root, "test"), { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const isTest = new RegExp(`^(?:${folders.map(({ name }) => name).join("|")})/[a-z-]+$`);
  const named = codeSpans(page).filter((span) => isTest.test(span));
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(
    (name) => !files.some((path) => path === `test/${name}.test.ts` || path.startsWith(`test/${name}/`)),
  );
  expect(missing).toEqual([]);
});
