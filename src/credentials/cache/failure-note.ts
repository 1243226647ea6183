/** What one process leaves to those who wait for it when it fails, so that they need not fail one after the other. Pure. */
import { Failure, type FailureKind } from "../../lib/errors.ts";
import { readFields, textField, textListField } from "../../lib/json-object.ts";

/** How a process goes about it: another way may lead further. */
export interface Manner {
  readonly signIn: string;
  readonly refresh: string;
}

/** An interruption, or a reader that has gone, is nobody else's business. */
const kinds: Readonly<Record<Exclude<FailureKind, "interrupted" | "unread">, true>> = {
  usage: true,
  failed: true,
  "no-credentials": true,
  "sign-in-needed": true,
};

/** JSON on one line; undefined for what does not concern the others. */
export function failureNote({ kind, message, notes, hints }: Failure, manner: Manner): string | undefined {
  if (!Object.hasOwn(kinds, kind)) return undefined;
  return JSON.stringify({ manner: mannerText(manner), kind, message, notes, hints });
}

/** The failure of a process that went about it in the same manner; undefined for anything else. */
export function notedFailure(text: string, manner: Manner): Failure | undefined {
  const fields = readFields(text);
  if (fields === undefined || textField(fields, "manner") !== mannerText(manner)) return undefined;
  const [kind, message] = [textField(fields, "kind"), textField(fields, "message")];
  if (kind === undefined || !isKind(kind) || message === undefined) return undefined;
  return new Failure(kind, message, {
    notes: [
      ...(textListField(fields, "notes") ?? []),
      "another aws-login asked for the same credentials at this moment, and this is what it was told",
    ],
    hints: textListField(fields, "hints") ?? [],
  });
}

function mannerText({ signIn, refresh }: Manner): string {
  return `${signIn} ${refresh}`;
}

function isKind(text: string): text is keyof typeof kinds {
  return Object.hasOwn(kinds, text);
}
