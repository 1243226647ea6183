/** What the word at the cursor can be, by the words before it. Pure. */

import { oneOf, WORD_COMMANDS } from "../cli/command-names.ts";
import { NAME_OPTIONS, type NameKind } from "../cli/name-options.ts";
import { findOption, type OptionSpec } from "../cli/options.ts";

export interface AskedFor {
  /** `target`: a word that looks for an identity. */
  readonly kind: NameKind | "target";
  /** What stands in the same word before the name: `--profile=`. */
  readonly lead: string;
  /** What is typed of the name. */
  readonly prefix: string;
  /** The target words before it. */
  readonly words: readonly string[];
  /** Options that narrow accounts and roles. */
  readonly given: Given;
}

export interface Given {
  readonly ssoSession?: string;
  readonly startUrl?: string;
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
}

type Field = keyof Given | "profile" | "certificate" | "webIdentityToken";

/**
 * `words` follow the program's name; `typed` is the word at the cursor as far as it is typed. Undefined where no name of a
 * file can stand.
 */
export function askedFor(words: readonly string[], typed: string): AskedFor | undefined {
  const values: Partial<Record<Field, string>> = {};
  const operands: string[] = [];
  let open: OptionSpec | undefined;
  for (const word of words) {
    if (open !== undefined) {
      values[open.field as Field] = word;
      open = undefined;
    } else if (word === "--") {
      return undefined;
    } else if (word.startsWith("-") && word !== "-") {
      const { spec, value } = optionOf(word);
      if (spec === undefined || spec.kind === "flag") continue;
      if (value === undefined) open = spec;
      else values[spec.field as Field] = value;
    } else {
      operands.push(word);
    }
  }
  const base = { words: operands.slice(1), given: values };
  if (open !== undefined) return named(open, { ...base, lead: "", prefix: typed });
  if (typed.startsWith("-")) {
    const { spec, value } = optionOf(typed);
    if (spec === undefined || value === undefined) return undefined;
    return named(spec, { ...base, lead: typed.slice(0, typed.length - value.length), prefix: value });
  }
  if (oneOf(WORD_COMMANDS, operands[0]) === undefined || namesIdentity(values)) return undefined;
  return { ...base, kind: "target", lead: "", prefix: typed };
}

function optionOf(word: string): {
  readonly spec: OptionSpec | undefined;
  readonly value: string | undefined;
} {
  const cut = word.indexOf("=");
  const spec = findOption(cut === -1 ? word : word.slice(0, cut));
  return { spec, value: cut === -1 ? undefined : word.slice(cut + 1) };
}

function named(spec: OptionSpec, rest: Omit<AskedFor, "kind">): AskedFor | undefined {
  const options: Readonly<Partial<Record<string, NameKind>>> = NAME_OPTIONS;
  const kind = options[spec.name];
  return kind && { kind, ...rest };
}

/** Words beside these are an error. */
function namesIdentity(values: Partial<Record<Field, string>>): boolean {
  const { profile, certificate, webIdentityToken, ssoAcctId, ssoRoleName } = values;
  return (
    (profile ?? certificate ?? webIdentityToken) !== undefined ||
    (ssoAcctId !== undefined && ssoRoleName !== undefined)
  );
}
