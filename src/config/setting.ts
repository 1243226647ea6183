/** A setting: a value that an option, a variable or a profile gives, and where it was found. */
import { Failure, type FailureKind } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import { propertySource, type Section } from "./section.ts";

export interface Setting {
  readonly value: string;
  /** For messages: the variable or option by name, or the key with its file and line. */
  readonly source: string;
}

/** The variable if it is set, else the profile's key. Either one left empty counts as not set. */
export function firstSetting(
  env: Environment,
  variable: string,
  profile: Section | undefined,
  key: string,
): Setting | undefined {
  return fromVariable(env, variable) ?? fromProfile(profile, key);
}

export function fromVariable(env: Environment, variable: string): Setting | undefined {
  const value = env[variable];
  return value ? { value, source: variable } : undefined;
}

export function fromProfile(profile: Section | undefined, key: string): Setting | undefined {
  const property = profile?.get(key);
  if (!property?.value) return undefined;
  return {
    value: property.value,
    // Counting lines takes time, and only a message needs the number.
    get source() {
      return propertySource(key, property);
    },
  };
}

/** The Failure for a value that cannot be used. It does not show the value: `why` does where that is safe. */
export function unusable(source: string, why: string, hint: string, kind: FailureKind = "failed"): Failure {
  return new Failure(kind, `cannot use ${source}: ${why}`, { hints: [hint] });
}

/** A whole number of at least 1; a Failure for anything else. */
export function wholeNumber({ value, source }: Setting): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1) throw unusable(source, "it is not a whole number above 0", "write a number such as 3");
  return number;
}

/**
 * A switch that is `true` or `false` in any case; undefined when neither the variable nor the profile sets it. Any
 * other word is a Failure: the AWS CLI takes it for false, and then `AWS_USE_FIPS_ENDPOINT=1` would turn FIPS off
 * without a message.
 */
export function booleanSetting(
  env: Environment,
  variable: string,
  profile: Section | undefined,
  key: string,
): boolean | undefined {
  const setting = firstSetting(env, variable, profile, key);
  if (setting === undefined) return undefined;
  const word = setting.value.toLowerCase();
  if (word === "true") return true;
  if (word === "false") return false;
  throw unusable(setting.source, "it is neither true nor false", "write true or false");
}

/**
 * The setting's value if it is a URL that requests may be sent to: http or https, a host, at most a path. Otherwise a
 * Failure that names the source and not the URL, which may hold a password. Trailing slashes are removed, so that
 * callers can append paths.
 */
export function httpUrl({ value, source }: Setting): string {
  const why = whyUnusableUrl(value);
  if (why !== undefined) throw unusable(source, why, "write a URL such as https://host.example");
  // The look-behind starts the search at the first slash of a row only; without it the time grows with the square.
  return value.replace(/(?<!\/)\/+$/, "");
}

function whyUnusableUrl(value: string): string | undefined {
  // URL() removes line ends and turns backslashes into slashes without an error.
  if (/[^\x21-\x7e]|\\/.test(value)) return "the URL holds blanks, backslashes or other illegal characters";
  if (!/^https?:\/\/[^/]/i.test(value)) return "it does not begin with https:// or http:// and a host";
  if (/[?#]/.test(value)) return "the URL has a query or a fragment";
  const url = URL.parse(value);
  if (url === null) return "the URL's host or port is not valid";
  // An @ without a name before it is refused too: it misleads a reader as much.
  const authority = value.split("/", 3)[2] ?? "";
  return authority.includes("@") ? "the URL holds a user name or password" : undefined;
}
