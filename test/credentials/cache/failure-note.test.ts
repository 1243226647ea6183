import { describe, expect, test } from "bun:test";
import { failureNote, notedFailure } from "../../../src/credentials/cache/failure-note.ts";
import { Failure } from "../../../src/lib/errors.ts";

const policy = { signIn: "never", refresh: "auto" } as const;
const failure = new Failure("sign-in-needed", "cannot go on: no sign-in is stored", {
  notes: ["a note"],
  hints: ["a hint"],
});
const note = failureNote(failure, policy) ?? "";

describe("notedFailure()", () => {
  test("notedFailure() restores the Failure of failureNote(), and says that another process got it", () => {
    const noted = notedFailure(note, policy);
    expect(noted).toBeInstanceOf(Failure);
    expect(noted).toMatchObject({ kind: failure.kind, message: failure.message, hints: failure.hints });
    expect(noted?.notes).toHaveLength(2);
    expect(noted?.notes[0]).toBe("a note");
    expect(note).not.toContain("\n");
  });

  test("notedFailure() is undefined for a run with another policy", () => {
    expect(notedFailure(note, { ...policy, signIn: "auto" })).toBeUndefined();
    expect(notedFailure(note, { ...policy, refresh: "on" })).toBeUndefined();
  });

  test("notedFailure() takes nothing from other texts", () => {
    expect(notedFailure("nothing cached", policy)).toBeUndefined();
    expect(notedFailure(note.replace("sign-in-needed", "toString"), policy)).toBeUndefined();
  });
});

test("failureNote() leaves an interruption to the one who was interrupted", () => {
  expect(failureNote(new Failure("interrupted", "interrupted while waiting"), policy)).toBeUndefined();
  expect(failureNote(new Failure("unread", "cannot write to stdout"), policy)).toBeUndefined();
});
