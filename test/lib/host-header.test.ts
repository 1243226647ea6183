import { describe, expect, test } from "bun:test";
import { isHostOf } from "../../src/lib/host-header.ts";

describe("isHostOf()", () => {
  const names = ["127.0.0.1", "localhost"];
  test.each([
    ["127.0.0.1:4100", 4100, true],
    ["localhost:4100", 4100, true],
    ["127.0.0.1", 80, true],
    ["localhost:80", 80, true],
    ["127.0.0.1", 4100, false],
    ["127.0.0.1:4101", 4100, false],
    ["evil.example", 80, false],
    [null, 80, false],
    [undefined, 80, false],
  ] as const)("isHostOf() takes %p for port %p: %p", (host, port, expected) => {
    expect(isHostOf(host, names, port)).toBe(expected);
  });
});
