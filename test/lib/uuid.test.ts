import { expect, test } from "bun:test";
import { uuidOf } from "../../src/lib/uuid.ts";

test("uuidOf() marks the random bytes as a UUID of version 4", () => {
  expect(uuidOf(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
  expect(uuidOf(new Uint8Array(16).fill(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
});

test("uuidOf() keeps every other bit, in order, and does not change its argument", () => {
  const random = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + index);
  const before = [...random];
  expect(uuidOf(random)).toBe("00112233-4455-4677-8899-aabbccddeeff");
  expect([...random]).toEqual(before);
});
