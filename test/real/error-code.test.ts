import { expect, test } from "bun:test";
import { errorCode } from "../../src/real/error-code.ts";

const cases: Record<string, [error: unknown, code: string]> = {
  "tells the code of a system's error": [Object.assign(new Error("no"), { code: "ENOENT" }), "ENOENT"],
  "is empty for an error without one": [new Error("no"), ""],
  "is empty for a code that is no text": [{ code: 5 }, ""],
  "is empty for what is no object": ["ENOENT", ""],
  "is empty for null": [null, ""],
};
for (const [sentence, [error, code]] of Object.entries(cases)) {
  test(`errorCode() ${sentence}`, () => expect(errorCode(error)).toBe(code));
}
