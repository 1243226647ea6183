import type { Failure } from "../lib/errors.ts";
import { misfit } from "../lib/printable.ts";
import { nearest } from "../lib/suggest.ts";
import type { Options } from "./option-record.ts";
import {
  brokenRule,
  DURATION_RULE,
  durationSeconds,
  PORT_RULE,
  portNumber,
  takesFewValues,
} from "./option-values.ts";
import { type ChoiceField, type ChoiceOption, findOption, OPTIONS, type OptionSpec } from "./options.ts";
import { seeHelp, usageError } from "./usage-error.ts";

/** Options while they are being read. */
export type Draft = { -readonly [K in keyof Options]: Options[K] };

export interface ReadOption {
  readonly spec: OptionSpec;
  /** The number of words of the option: two when its value is a word of its own. */
  readonly width: 1 | 2;
}

/**
 * Reads the option that begins at `words[index]` and stores its value. Throws Failure("usage") for an
 * unknown option and for a value that the option does not take.
 */
export function readOption(words: readonly string[], index: number, into: Draft): ReadOption {
  const word = words[index] ?? "";
  const equals = word.indexOf("=");
  const name = beforeEquals(word);
  // Programs disagree on `-c=STRING` (the value is `=STRING` or `STRING`), so it is unknown here.
  const spec = equals < 0 || word.startsWith("--") ? findOption(name) : undefined;
  if (spec === undefined) throw unknownOption(name, words);
  if (spec.kind === "flag") {
    if (equals >= 0) throw usageError(`${name} takes no value`, `write ${name} alone, or leave it out`);
    into[spec.field] = true;
    return { spec, width: 1 };
  }
  const value = equals < 0 ? nextWord(spec, words, index) : word.slice(equals + 1);
  if (value === "") throw usageError(`${name} has an empty value`, `give ${name} a value, or leave it out`);
  const rule = store(into, spec, value);
  if (rule !== undefined)
    throw usageError(`cannot use ${shown(spec, value)}: it must be ${rule}`, seeHelp(words));
  return { spec, width: equals < 0 ? 2 : 1 };
}

export function isSecret(spec: OptionSpec): boolean {
  return spec.kind === "text" && spec.secret === true;
}

/** The option, and its value unless that is or may be a secret. */
function shown(spec: OptionSpec, value: string): string {
  if (isSecret(spec)) return spec.name;
  const takesFew = spec.kind === "text" ? takesFewValues(spec.field) : spec.kind !== "list";
  return `${spec.name} ${takesFew ? misfit(value) : `"${value}"`}`;
}

/** The word after the option. An option there means that the value was forgotten. */
function nextWord(spec: OptionSpec, words: readonly string[], index: number): string {
  const name = words[index];
  const next = words[index + 1];
  if (next === undefined) throw usageError(`${name} needs a value`, seeHelp(words));
  if (!next.startsWith("--") && findOption(next) === undefined) return next;
  if (isSecret(spec)) {
    throw usageError(
      `${name} needs a value: the next word begins as an option does`,
      `if it is meant: ${name}=VALUE`,
    );
  }
  // Behind the equals sign is the value of that option, which may be secret.
  const option = beforeEquals(next);
  throw usageError(
    `${name} needs a value: ${option} is an option`,
    option === next
      ? `if it is meant as the value: ${spec.name}=${next}`
      : `give ${name} a value, or leave it out`,
  );
}

function unknownOption(name: string, words: readonly string[]): Failure {
  const meant = nearest(name, [...OPTIONS.map((spec) => spec.name), "--help", "--version"]);
  if (meant !== undefined) return usageError(`unknown option ${name}`, `did you mean ${meant}?`);
  if (name.startsWith("--")) return usageError(`unknown option ${name}`, seeHelp(words));
  // In other programs the rest of the word is the value (`-cSTRING`, `-pPASSWORD`), so it is not repeated.
  const letter = name.slice(0, 2);
  return usageError(
    `unknown option ${name === letter ? name : `${letter}…`}`,
    findOption(letter) === undefined ? seeHelp(words) : `write a space behind ${letter}: ${letter} VALUE`,
  );
}

function beforeEquals(word: string): string {
  const equals = word.indexOf("=");
  return equals < 0 ? word : word.slice(0, equals);
}

/** Stores the value, or returns the rule that it breaks. */
function store(into: Draft, spec: Exclude<OptionSpec, { kind: "flag" }>, value: string): string | undefined {
  switch (spec.kind) {
    case "text": {
      const rule = brokenRule(spec.field, value);
      if (rule === undefined) into[spec.field] = value;
      return rule;
    }
    case "list":
      if (value.trim() === "") return "at least one word";
      into[spec.field] = [...(into[spec.field] ?? []), value];
      return undefined;
    case "seconds": {
      const seconds = durationSeconds(value);
      if (seconds === undefined) return DURATION_RULE;
      into[spec.field] = seconds;
      return undefined;
    }
    case "port": {
      const port = portNumber(value);
      if (port === undefined) return PORT_RULE;
      into[spec.field] = port;
      return undefined;
    }
    case "choice":
      return storeChoice(into, spec, value);
  }
}

function storeChoice<F extends ChoiceField>(
  into: Draft,
  spec: ChoiceOption<F>,
  value: string,
): string | undefined {
  const word = value.toLowerCase();
  const meaning = Object.hasOwn(spec.values, word) ? spec.values[word] : undefined;
  if (meaning === undefined) return `one of ${Object.keys(spec.values).join(", ")}`;
  into[spec.field] = meaning;
  return undefined;
}
