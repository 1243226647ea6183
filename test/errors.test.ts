import { describe, expect, test } from "bun:test";
import { Failure } from "../src/errors.ts";

describe("Failure", () => {
  test("says no more than it was told", () => {
    const failure = new Failure("failed", "cannot do it: it is hard");
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      name: "Failure",
      kind: "failed",
      message: "cannot do it: it is hard",
      notes: [],
      hints: [],
      answer: undefined,
      exitStatus: undefined,
    });
    expect("cause" in failure).toBe(false);
  });

  test("keeps everything it was told", () => {
    const details = {
      notes: ["a note"],
      hints: ["a hint"],
      cause: new Error("why"),
      answer: { code: "AccessDenied", message: "No.", status: 403, requestId: "r" },
      exitStatus: 127,
    };
    expect(new Failure("usage", "no", details)).toMatchObject({ kind: "usage", ...details });
  });
});
