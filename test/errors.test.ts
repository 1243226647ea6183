import { describe, expect, test } from "bun:test";
import { attempted, Failure } from "../src/errors.ts";

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

describe("attempted()", () => {
  const reason = new Failure("sign-in-needed", "it is hard", {
    notes: ["its note"],
    hints: ["its hint"],
    answer: { code: "AccessDenied", message: "No.", status: 403 },
    exitStatus: 127,
  });

  test("says what was attempted before why it failed, and keeps everything else", () => {
    expect(attempted(reason, "cannot do it")).toMatchObject({
      kind: "sign-in-needed",
      message: "cannot do it: it is hard",
      notes: ["its note"],
      hints: ["its hint"],
      answer: { code: "AccessDenied", message: "No.", status: 403 },
      exitStatus: 127,
      cause: reason,
    });
  });

  test("puts the given notes and hints before those of the reason", () => {
    expect(attempted(reason, "cannot do it", { notes: ["a note"], hints: ["a hint"] })).toMatchObject({
      notes: ["a note", "its note"],
      hints: ["a hint", "its hint"],
    });
  });
});
