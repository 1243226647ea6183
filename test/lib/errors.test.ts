import { describe, expect, test } from "bun:test";
import { attempted, errorCode, Failure, isFailure, reasonOf } from "../../src/lib/errors.ts";

describe("Failure", () => {
  test("has no notes or hints by default", () => {
    const failure = new Failure("failed", "cannot do it: it is hard");
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      name: "Failure",
      kind: "failed",
      message: "cannot do it: it is hard",
      notes: [],
      hints: [],
      serviceError: undefined,
      exitStatus: undefined,
    });
    expect("cause" in failure).toBe(false);
  });

  test("keeps every detail that it was given", () => {
    const details = {
      notes: ["a note"],
      hints: ["a hint"],
      cause: new Error("why"),
      serviceError: { code: "AccessDenied", message: "No.", status: 403, requestId: "r" },
      exitStatus: 127,
    };
    expect(new Failure("usage", "no", details)).toMatchObject({ kind: "usage", ...details });
  });
});

describe("attempted()", () => {
  const reason = new Failure("sign-in-needed", "it is hard", {
    notes: ["its note"],
    hints: ["its hint"],
    serviceError: { code: "AccessDenied", message: "No.", status: 403 },
    exitStatus: 127,
  });

  test("puts the attempt before the reason, and keeps every detail", () => {
    expect(attempted(reason, "cannot do it")).toMatchObject({
      kind: "sign-in-needed",
      message: "cannot do it: it is hard",
      notes: ["its note"],
      hints: ["its hint"],
      serviceError: { code: "AccessDenied", message: "No.", status: 403 },
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

describe("errorCode()", () => {
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
});

test("reasonOf() tells the message of an error, and anything else that was thrown as text", () => {
  expect([new Error("no"), "no", 5, undefined].map(reasonOf)).toEqual(["no", "no", "5", "undefined"]);
});

test("reasonOf() leaves out the call and the paths of a system's error", () => {
  const failed = (message: string, syscall: string) => Object.assign(new Error(message), { syscall });
  const errors = [
    failed("ENOSPC: no space left on device, write", "write"),
    failed("EACCES: permission denied, copyfile '/a, b' -> '/c'", "copyfile"),
    failed("connect ECONNREFUSED, try later", "connect"),
  ];
  expect(errors.map(reasonOf)).toEqual([
    "ENOSPC: no space left on device",
    "EACCES: permission denied",
    "connect ECONNREFUSED, try later",
  ]);
});

test("isFailure() knows a Failure of another file of the executable, which has a class of its own", () => {
  const Other = class extends Error {
    override readonly name = "Failure";
  };
  expect([new Failure("usage", "x"), new Other("x")].map(isFailure)).toEqual([true, true]);
  expect([new Error("x"), { name: "Failure" }, undefined].map(isFailure)).toEqual([false, false, false]);
});
