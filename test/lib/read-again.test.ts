import { describe, expect, test } from "bun:test";
import { readAgain } from "../../src/lib/read-again.ts";
import { fakeSystem } from "../support/fake-system.ts";

const parse = (text: string) => (text.endsWith("}") ? text.length : undefined);

async function reading(...texts: readonly (string | undefined)[]) {
  const system = fakeSystem();
  const left = [...texts];
  const { text, value } = await readAgain(system, async () => left.shift(), parse);
  return { text, value, sleeps: system.sleeps, left };
}

describe("readAgain()", () => {
  test("readAgain() reads a whole file once", async () => {
    expect(await reading("{}")).toEqual({ text: "{}", value: 2, sleeps: [], left: [] });
  });

  test("readAgain() does not wait for a file that does not exist", async () => {
    expect(await reading(undefined)).toEqual({ text: undefined, value: undefined, sleeps: [], left: [] });
  });

  test.each(["", '{"a'])("readAgain() reads an empty or cut file once more after 100 ms: %p", async (cut) => {
    expect(await reading(cut, "{}")).toEqual({ text: "{}", value: 2, sleeps: [100], left: [] });
  });

  test("readAgain() returns the second text of a damaged file, and reads no third", async () => {
    expect(await reading("x", "y", "{}")).toEqual({
      text: "y",
      value: undefined,
      sleeps: [100],
      left: ["{}"],
    });
  });
});
