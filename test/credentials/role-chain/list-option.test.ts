import { expect, test } from "bun:test";
import {
  parseJsonElements,
  readListText,
  refusedElement,
  refuseUnknownMembers,
} from "../../../src/credentials/role-chain/list-option.ts";
import { failureOf } from "../../support/failure.ts";

const system = {
  env: { WHERE: "/lists" },
  home: async () => "/home/me",
  readText: async (path: string) =>
    path === "/home/me/a" || path === "/lists/a" ? `text of ${path}` : undefined,
};

test("readListText() returns text that the option itself holds", async () => {
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

test("readListText names the file that does not exist, and how files are named", async () => {
  const failure = await failureOf(() => readListText("file:///b", "--list", system));
  expect([failure.message, failure.hints]).toEqual([
    "cannot read /b (--list): there is no such file",
    ["after file:// comes a path: relative to the working directory, or one that begins with / or ~"],
  ]);
});

test("readListText names the file that cannot be read", async () => {
  const readText = async () => Promise.reject(new Error("permission denied"));
  const failure = await failureOf(() => readListText("file:///b", "--list", { ...system, readText }));
  expect([failure.message, failure.hints]).toEqual([
    "cannot read /b (--list): permission denied",
    ["name a file that you may read: --list file://PATH"],
  ]);
});

test("parseJsonElements refuses what is nested too deep to be written into a request", async () => {
  const text = `[${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)}]`;
  const failure = await failureOf(() => parseJsonElements({ text, source: "--list" }, "[]"));
  expect([failure.kind, failure.message]).toEqual([
    "usage",
    "cannot use --list: its JSON is nested too deep",
  ]);
});

test("parseJsonElements takes what is no list for a list of one", () => {
  expect(parseJsonElements({ text: ' {"a": 1} ', source: "--list" }, "[]")).toEqual([{ a: 1 }]);
  expect(parseJsonElements({ text: "[1, 2]", source: "--list" }, "[]")).toEqual([1, 2]);
});

test("refuseUnknownMembers names the member, and the one that was meant or all there are", async () => {
  const refused = (element: Record<string, unknown>) =>
    failureOf(async () => refuseUnknownMembers(element, ["Name", "Region"], "role 1"));
  refuseUnknownMembers({ Name: 1, Region: 2 }, ["Name", "Region"], "role 1");
  expect(await refused({ Name: 1, Regoin: 2 })).toMatchObject({
    kind: "usage",
    message: "cannot use role 1: it has an unknown member Regoin",
    hints: ["did you mean Region?"],
  });
  expect((await refused({ other: 1 })).hints).toEqual(["the members are Name, Region"]);
});

test("refusedElement names the element and why", () => {
  expect(refusedElement("role 1", "it is no object")).toMatchObject({
    kind: "usage",
    message: "cannot use role 1: it is no object",
    hints: [],
  });
});
