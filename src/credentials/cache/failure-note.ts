/** The failure of one process, noted for the processes that wait for it, so that they do not fail one after the other. Pure. */
import { Failure, type FailureKind } from "../../lib/errors.ts";
import { readFields, textField, textListField } from "../../lib/json-object.ts";
import type { TokenPolicy } from "../../sso/token-policy.ts";

/** An interruption, or a reader that has gone, concerns no other process. */
const kinds: Readonly<Record<Exclude<FailureKind, "interrupted" | "unread">, true>> = {
  usage: true,
  failed: true,
  "no-credentials": true,
  "sign-in-needed": true,
};

/** JSON on one line; undefined for a failure that does not concern other processes. */
export function failureNote(
  { kind, message, notes, hints }: Failure,
  policy: TokenPolicy,
): string | undefined {
  if (!Object.hasOwn(kinds, kind)) return undefined;
  return JSON.stringify({ policy: policyText(policy), kind, message, notes, hints });
}

/** The failure of a process with the same policy; undefined for anything else: another policy may succeed. */
export function notedFailure(text: string, policy: TokenPolicy): Failure | undefined {
  const fields = readFields(text);
  if (fields === undefined || textField(fields, "policy") !== policyText(policy)) return undefined;
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

function policyText({ signIn, refresh }: TokenPolicy): string {
  return `${signIn} ${refresh}`;
}

function isKind(text: string): text is keyof typeof kinds {
  return Object.hasOwn(kinds, text);
}
