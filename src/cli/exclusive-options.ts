/** Options that leave words and most other options without effect: `--clear` and `--sessions`. */
import type { Options } from "./option-record.ts";
import { OPTIONS } from "./options.ts";
import { usageError } from "./usage-error.ts";

/** Throws Failure("usage") for a word or an option that has no effect beside one of them. Pure. */
export function checkExclusive(options: Options): void {
  if (options.clear) {
    // --credential-helper sets `signIn`.
    const implied = options.credentialHelper ? (["signIn"] as const) : [];
    const other = firstBeside(["clear", "outform", "verbose", ...implied], options);
    if (other === undefined) return;
    throw usageError(
      `--clear contradicts ${other.name}: it unsets the variables of an identity and acquires none`,
      `leave out ${other.shown}, or --clear to print credentials`,
    );
  }
  if (options.sessions) {
    const other = firstBeside(["sessions", "format", "region", "verbose"], options);
    if (other === undefined) return;
    throw usageError(
      `--sessions contradicts ${other.name}: sign-ins are listed as they are stored`,
      `leave out --sessions to list identities, or ${other.shown} to list sign-ins`,
    );
  }
}

/** The first word, else the first option that was given besides these, for a message and for a hint. */
function firstBeside(
  fields: readonly (keyof Options)[],
  options: Options,
): { readonly name: string; readonly shown: string } | undefined {
  if (options.words !== undefined) return { name: `"${options.words[0]}"`, shown: "the words" };
  for (const { name, field, kind } of OPTIONS) {
    const value = options[field];
    const isGiven = value !== undefined && value !== false && !(kind === "choice" && value === "auto");
    if (isGiven && !fields.includes(field)) return { name, shown: name };
  }
  return undefined;
}
