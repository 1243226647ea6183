import { expect, test } from "bun:test";
import { compareCodePoints, isInUnitOrder } from "../../src/lib/code-point-order.ts";

test("compareCodePoints() puts texts in the order of their code points", () => {
  const sorted = [
    "",
    "Z",
    "a",
    "a\0",
    "aa",
    "ä",
    "東",
    "\ue000",
    "ﾃｽﾄ",
    "ﾃｽﾄ!",
    "ﾃｽﾄ🗼",
    "🗼",
    "🗼a",
    "🗼🗽",
  ];
  expect(sorted.toReversed().toSorted(compareCodePoints)).toEqual(sorted);
  const bytes = sorted.map((text) => Buffer.from(text));
  expect(bytes.toSorted(Buffer.compare)).toEqual(bytes);
  for (const text of sorted) expect(compareCodePoints(text, text)).toBe(0);
});

test("isInUnitOrder() is not said of texts with characters beyond U+FFFF", () => {
  expect(["a東ﾃ", "🗼", ""].map(isInUnitOrder)).toEqual([true, false, true]);
});
