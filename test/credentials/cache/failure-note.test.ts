import { describe, expect, test } from "bun:test";
import { failureNote, notedFailure } from "../../../src/credentials/cache/failure-note.ts";
import { Failure } from "../../../src/lib/errors.ts";

const manner = { signIn: "never", refresh: "auto" };
const failure = new Failure("sign-in-needed", "cannot go on: nobody is signed in", {
  notes: ["a note"],
  hints: ["a hint"],
});
const note = failureNote(failure, manner) ?? "";

describe("notedFailure()", () => {
  test("notedFailure() is what failureNote() was made of, and says that another was told so", () => {
    const noted = notedFailure(note, manner);
    expect(noted).toBeInstanceOf(Failure);
    expect(noted).toMatchObject({ kind: failure.kind, message: failure.message, hints: failure.hints });
    expect(noted?.notes).toHaveLength(2);
    expect(noted?.notes[0]).toBe("a note");
    expect(note).not.toContain("\n");
  });

  test("notedFailure() is nothing to whoever may do more, or less", () => {
    expect(notedFailure(note, { ...manner, signIn: "auto" })).toBeUndefined();
    expect(notedFailure(note, { ...manner, refresh: "on" })).toBeUndefined();
  });

  test("notedFailure() takes nothing from other texts", () => {
    expect(notedFailure("nothing to keep", manner)).toBeUndefined();
    expect(notedFailure(note.replace("sign-in-needed", "toString"), manner)).toBeUndefined();
  });
});

test("failureNote() leaves an interruption to the one who was interrupted", () => {
  expect(failureNote(new Failure("interrupted", "interrupted while waiting"), manner)).toBeUndefined();
  expect(failureNote(new Failure("unread", "cannot write to stdout"), manner)).toBeUndefined();
});
