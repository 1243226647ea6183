import { expect, test } from "bun:test";
import { consolePages } from "../../../src/aws/console/console-pages.ts";

test("consolePages hold paths that need no escaping, under names that --destination takes", () => {
  for (const [name, page] of Object.entries(consolePages)) {
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    if (page?.path !== undefined) expect(page.path).toMatch(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/);
  }
});

test("consolePages say something about every service they name", () => {
  expect(Object.entries(consolePages).filter(([name, page]) => page?.path === name)).toEqual([]);
  expect(Object.values(consolePages).filter((page) => Object.keys(page ?? {}).length === 0)).toEqual([]);
});
