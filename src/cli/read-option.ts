import { nearest } from "../nearest.ts";
import { type ChoiceField, type ChoiceOption, OPTIONS, type OptionSpec, type Options } from "./options.ts";
import { usage } from "./usage.ts";
import { brokenRule, DURATION_RULE, durationSeconds } from "./values.ts";

/** Options while they are being read. */
export type Draft = { -readonly [K in keyof Options]: Options[K] };

export interface ReadOption {
  readonly spec: OptionSpec;
  /** How many words the option took: two when its value is a word of its own. */
  readonly words: 1 | 2;
}

const SPECS: readonly OptionSpec[] = OPTIONS;

/** The option that `name` (`--region`, `-c`) stands for. */
export function findOption(name: string): OptionSpec | undefined {
  return SPECS.find((spec) => spec.name === name || spec.short === name);
}

/**
 * Reads the option `word`, whose value may be the word `next`, and stores it. Throws Failure("usage") when there
 * is no such option or its value will not do. `seeAlso` is the hint when there is nothing better to say.
 */
export function readOption(word: string, next: string | undefined, into: Draft, seeAlso: string): ReadOption {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const spec = findOption(name);
  if (spec === undefined) throw unknownOption(name, seeAlso);
  if (spec.kind === "flag") {
    if (equals >= 0) throw usage(`${name} takes no value`, `write ${name} alone, or leave it out`);
    into[spec.field] = true;
    return { spec, words: 1 };
  }
  const value = equals < 0 ? separateValue(spec, name, next, seeAlso) : word.slice(equals + 1);
  if (value === "") throw usage(`${name} has an empty value`, `give ${name} a value, or leave it out`);
  store(into, spec, value, seeAlso);
  return { spec, words: equals < 0 ? 2 : 1 };
}

function separateValue(spec: OptionSpec, name: string, next: string | undefined, seeAlso: string): string {
  if (next === undefined) throw usage(`${name} needs a value`, seeAlso);
  if (!next.startsWith("--") && findOption(next) === undefined) return next;
  if (isSecret(spec)) {
    throw usage(
      `${name} needs a value: the next word begins as an option does`,
      `if it is meant: ${name}=VALUE`,
    );
  }
  throw usage(
    `${name} needs a value: ${next} is an option`,
    `if it is meant as the value: ${spec.name}=${next}`,
  );
}

export function isSecret(spec: OptionSpec): boolean {
  return spec.kind === "text" && spec.secret === true;
}

function unknownOption(name: string, seeAlso: string): Error {
  const meant = nearest(name, [...SPECS.map((spec) => spec.name), "--help", "--version"]);
  return usage(`unknown option ${name}`, meant === undefined ? seeAlso : `did you mean ${meant}?`);
}

function store(
  into: Draft,
  spec: Exclude<OptionSpec, { kind: "flag" }>,
  value: string,
  seeAlso: string,
): void {
  switch (spec.kind) {
    case "text": {
      const rule = brokenRule(spec.field, value);
      if (rule !== undefined) throw badValue(spec.name, isSecret(spec) ? undefined : value, rule, seeAlso);
      into[spec.field] = value;
      return;
    }
    case "seconds": {
      const seconds = durationSeconds(value);
      if (seconds === undefined) throw badValue(spec.name, value, DURATION_RULE, seeAlso);
      into[spec.field] = seconds;
      return;
    }
    case "choice":
      storeChoice(into, spec, value, seeAlso);
  }
}

function storeChoice<F extends ChoiceField>(
  into: Draft,
  spec: ChoiceOption<F>,
  value: string,
  seeAlso: string,
): void {
  const word = value.toLowerCase();
  const meaning = Object.hasOwn(spec.values, word) ? spec.values[word] : undefined;
  if (meaning === undefined) {
    throw badValue(spec.name, value, `one of ${Object.keys(spec.values).join(", ")}`, seeAlso);
  }
  into[spec.field] = meaning;
}

/** `value` is left out of the message when it is a secret. */
function badValue(name: string, value: string | undefined, rule: string, seeAlso: string): Error {
  return usage(`cannot use ${name}${value === undefined ? "" : ` "${value}"`}: it must be ${rule}`, seeAlso);
}
