import { describe, expect, test } from "bun:test";
import { collectText, gatheredText } from "../../../src/system/processes/bounded-stream.ts";

/** A reader of these bytes, a part a call; `calls` counts how often it was asked. */
function partsOf(...parts: readonly Uint8Array[]) {
  const left = [...parts];
  const seen = { calls: 0, givenUp: 0 };
  const read = async () => {
    seen.calls++;
    return { value: left.shift() };
  };
  return { reader: { read }, seen, giveUp: () => void seen.givenUp++ };
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("gatheredText()", () => {
  test("gatheredText() takes as much as it is allowed, to the last byte", async () => {
    const { reader, seen, giveUp } = partsOf(utf8("abc"), utf8("de"));
    expect(await gatheredText(reader, 5, giveUp)).toBe("abcde");
    expect(seen).toEqual({ calls: 3, givenUp: 0 });
  });

  test("gatheredText() gives up at the first byte more, and asks for nothing after it", async () => {
    const { reader, seen, giveUp } = partsOf(utf8("abc"), utf8("def"), utf8("g"));
    expect(await gatheredText(reader, 5, giveUp)).toBeUndefined();
    expect(seen).toEqual({ calls: 2, givenUp: 1 });
  });

  test("gatheredText() reads a character whole that lies across two parts", async () => {
    const bytes = utf8("é");
    const { reader, giveUp } = partsOf(bytes.slice(0, 1), bytes.slice(1));
    expect(await gatheredText(reader, 5, giveUp)).toBe("é");
  });
});

test("collectText() keeps an error of reading for the caller who asks later", async () => {
  const failing = { read: () => Promise.reject(new Error("it broke")) };
  const collected = collectText(failing, 10, () => {});
  await Bun.sleep(1);
  await expect(collected.complete).rejects.toThrow("it broke");
  expect(collected.text()).toBe("");
});
