import { expect, test } from "bun:test";
import { parseJsonElements, readListText } from "../../../src/identity/hops/list-text.ts";

const system = {
  env: { WHERE: "/lists" },
  home: async () => "/home/me",
  readText: async (path: string) =>
    path === "/home/me/a" || path === "/lists/a" ? `text of ${path}` : undefined,
};

test("readListText hands on text that stands in place", async () => {
  expect(await readListText("a,b", "--list", system)).toEqual({ text: "a,b", source: "--list" });
});

test("readListText reads a file below the home directory", async () => {
  expect(await readListText("file://~/a", "--list", system)).toEqual({
    text: "text of /home/me/a",
    source: "/home/me/a",
  });
});

test("readListText replaces variables in the path", async () => {
  expect((await readListText("file://$WHERE/a", "--list", system)).source).toBe("/lists/a");
});

test("readListText names the file that does not exist", () => {
  expect(readListText("file:///b", "--list", system)).rejects.toThrow(
    "cannot read /b (--list): there is no such file",
  );
});

test("parseJsonElements takes what is no list for a list of one", () => {
  expect(parseJsonElements({ text: ' {"a": 1} ', source: "--list" }, "[]")).toEqual([{ a: 1 }]);
  expect(parseJsonElements({ text: "[1, 2]", source: "--list" }, "[]")).toEqual([1, 2]);
});
