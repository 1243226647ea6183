import { expect, test } from "bun:test";
import { defaultOutform } from "../../src/lib/default-outform.ts";

test("defaultOutform() is that of the shell that the platform comes with", () => {
  expect(["linux", "darwin", "win32"].map((name) => defaultOutform(name as NodeJS.Platform))).toEqual([
    "linux",
    "linux",
    "powershell",
  ]);
});
