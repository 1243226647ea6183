import { expect, test } from "bun:test";
import { loadCLibrary } from "../../src/system/c-library.ts";

test.skipIf(process.platform === "win32")("loadCLibrary() calls functions of the C library", () => {
  expect(loadCLibrary({ getpid: { args: [], returns: "int" } })?.getpid()).toBe(process.pid);
});

test("loadCLibrary() is undefined where there is no such function", () => {
  expect(loadCLibrary({ aws_login_made_up: { args: [], returns: "int" } })).toBeUndefined();
});
