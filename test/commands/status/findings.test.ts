import { expect, test } from "bun:test";
import { join } from "node:path";
import { CATALOGUE, finding } from "../../../src/commands/status/findings.ts";
import { tableRows } from "../../readme/markdown.ts";
import { root } from "../../support/source-tree.ts";

test("finding() takes the severity from the catalogue", () => {
  expect(finding("clock-off", "m", "h")).toEqual({
    severity: "warning",
    code: "clock-off",
    message: "m",
    hint: "h",
  });
});

test("docs/troubleshooting.md has every finding of the catalogue, in its order and words", async () => {
  const page = await Bun.file(join(root, "docs/troubleshooting.md")).text();
  expect(tableRows(page, "Code")).toEqual(
    Object.entries(CATALOGUE).map(([code, { severity, about }]) => [code, severity, about]),
  );
});
