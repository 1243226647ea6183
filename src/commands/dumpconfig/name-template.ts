/** Reads `--profile-name`: a template for the names of profiles. Pure. */
import { Failure } from "../../lib/errors.ts";

export interface TemplateValues {
  readonly account_name: string;
  readonly account_id: string;
  readonly role: string;
  /** Of the account's root user; "" where the portal does not tell it. */
  readonly email: string;
}

export type NameTemplate = (values: TemplateValues) => string;

const FIELDS = ["account_name", "account_id", "role", "email"] as const;
const FILTERS = {
  lower: (text: string) => text.toLowerCase(),
  /** Lower case, with one hyphen for all that is neither an ASCII letter nor a digit, and none at the ends. */
  slug: (text: string) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
} as const;

/**
 * The template as a function. Text outside braces stands for itself; in braces is a field, with any number of filters
 * after `|`. Throws a usage Failure for a field or filter that does not exist, and for a template that would give all
 * roles of an account one name.
 */
export function nameTemplate(text: string): NameTemplate {
  const pieces = text.split(/(\{[^{}]*\})/);
  const readers = pieces.map((piece): NameTemplate => {
    if (piece.startsWith("{") && piece.endsWith("}")) return field(piece, text);
    if (piece.includes("{")) throw unusable(text, "a { is not closed", EXAMPLE);
    if (piece.includes("}")) throw unusable(text, "a } closes nothing", EXAMPLE);
    return () => piece;
  });
  if (!/\{role[|}]/.test(text)) {
    throw unusable(text, "it has no {role}, so that the roles of an account would have one name", EXAMPLE);
  }
  return (values) => readers.map((read) => read(values)).join("");
}

const EXAMPLE = "for example: --profile-name '{account_name|slug}-{role|lower}'";

function field(piece: string, text: string): NameTemplate {
  const [name = "", ...filters] = piece.slice(1, -1).split("|");
  const found = FIELDS.find((each) => each === name);
  if (found === undefined) {
    throw unusable(text, `it has no field {${name}}`, `the fields are: ${FIELDS.join(", ")}`);
  }
  const steps = filters.map((filter) => {
    if (filter === "lower" || filter === "slug") return FILTERS[filter];
    throw unusable(
      text,
      `there is no filter |${filter}`,
      `the filters are: ${Object.keys(FILTERS).join(", ")}`,
    );
  });
  return (values) => steps.reduce((value, step) => step(value), values[found]);
}

function unusable(text: string, why: string, hint: string): Failure {
  return new Failure("usage", `cannot use --profile-name "${text}": ${why}`, { hints: [hint] });
}
