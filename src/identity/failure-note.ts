/** What one process leaves to those who wait for it when it fails, so that they need not fail one after the other. */
import { Failure, type FailureKind, type ServiceAnswer } from "../errors.ts";

/** How a process goes about it: another way may lead further. */
export interface Manner {
  readonly signIn: string;
  readonly refresh: string;
}

interface Note {
  readonly manner: string;
  readonly kind: FailureKind;
  readonly message: string;
  readonly notes: readonly string[];
  readonly hints: readonly string[];
  readonly answer?: ServiceAnswer;
}

/** JSON on one line; undefined for what is nobody else's business, an interruption. */
export function failureNote(failure: Failure, manner: Manner): string | undefined {
  const { kind, message, notes, hints, answer } = failure;
  if (kind === "interrupted") return undefined;
  const note: Note = {
    manner: mannerText(manner),
    ...{ kind, message, notes, hints },
    ...(answer === undefined ? {} : { answer }),
  };
  return JSON.stringify(note);
}

/** The failure of a process that went about it in the same manner. */
export function notedFailure(text: string, manner: Manner): Failure | undefined {
  const { manner: theirs, kind, message, answer, ...note }: Note = JSON.parse(text);
  if (theirs !== mannerText(manner)) return undefined;
  return new Failure(kind, message, {
    hints: note.hints,
    notes: [...note.notes, "another aws-login asked for the same credentials, and was told so"],
    ...(answer === undefined ? {} : { answer }),
  });
}

function mannerText({ signIn, refresh }: Manner): string {
  return `${signIn} ${refresh}`;
}
