import { expect, test } from "bun:test";
import packageJson from "../../package.json";
import { version } from "../../src/lib/version.ts";

test("version is that of package.json, in three numbers", () => {
  expect(version).toBe(packageJson.version);
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});
