import { expect, test } from "bun:test";
import {
  mayHaveLostBytes,
  rawArguments,
  rawEnvironment,
  splitAtNul,
} from "../../../src/system/processes/raw-words.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const shown = (list: readonly Uint8Array[] | undefined) =>
  list?.map((entry) => Buffer.from(entry).toString("latin1"));

test("mayHaveLostBytes() is true of text with a replacement character", () => {
  expect([mayHaveLostBytes(["a", "b\ufffd"]), mayHaveLostBytes(["caf\u00e9"])]).toEqual([true, false]);
});

test("splitAtNul() keeps empty strings, and no rest without an end", () => {
  expect(shown(splitAtNul(bytes("a\0\0caf\xe9\0")))).toEqual(["a", "", "caf\xe9"]);
  expect(splitAtNul(bytes(""))).toEqual([]);
});

test("rawArguments() takes the last words of the process, which must decode to the arguments", () => {
  const words = ["aws-login", "runas", "--", "rm", "caf\xe9", "\xe4\xb8"].map(bytes);
  expect(shown(rawArguments(["rm", "caf\ufffd", "\ufffd\ufffd"], words))).toEqual([
    "rm",
    "caf\xe9",
    "\xe4\xb8",
  ]);
  expect(rawArguments(["rm", "caf\ufffd"], words)).toBeUndefined();
  expect(rawArguments(["a", "b"], words.slice(0, 1))).toBeUndefined();
});

test("rawEnvironment() keeps the bytes of what is unchanged, and takes what is new or changed from the environment", () => {
  const entries = ["A=1", "X=\xe9", "OLD=\xe9", "SECRET=old", "N\xe8=1", "N\xe9=2", "noise"].map(bytes);
  const env = { A: "1", X: "\ufffd", SECRET: "new", "N\ufffd": "2", ADDED: "\u00e9", GONE: undefined };
  expect(shown(rawEnvironment(env, entries))).toEqual([
    "A=1",
    "X=\xe9",
    "N\xe8=1",
    "N\xe9=2",
    "SECRET=new",
    `ADDED=${Buffer.from("\u00e9").toString("latin1")}`,
  ]);
});

test("rawEnvironment() keeps a byte order mark", () => {
  const entry = `B=${Buffer.from("\uFEFFx").toString("latin1")}`;
  expect(shown(rawEnvironment({ B: "\uFEFFx" }, [bytes(entry)]))).toEqual([entry]);
});

test("rawEnvironment() takes the first of two variables of one name, as programs do", () => {
  expect(shown(rawEnvironment({ A: "1" }, ["A=1", "A=2"].map(bytes)))).toEqual(["A=1"]);
});
