/** The parts of a section, which may stand in both files and several times in one, as one section. Pure. */
import type { Failure } from "../lib/errors.ts";
import { type IniFile, lineAt } from "./ini.ts";
import type { IniProperty } from "./ini-properties.ts";
import { type Property, propertySource, type Section } from "./section.ts";
import { unusable } from "./setting.ts";

/** One section of one file. */
export interface SectionPart {
  readonly file: IniFile;
  readonly fromCredentialsFile: boolean;
  readonly properties: ReadonlyMap<string, IniProperty>;
}

/**
 * The parts in rising order of precedence as one section. Plain loops: each function on the way of a start costs it
 * (docs/start-up.md).
 */
export function mergeSection(name: string, parts: readonly SectionPart[]): Section {
  return {
    name,
    get: (key) => {
      for (let at = parts.length - 1; at >= 0; at--) {
        const winner = parts[at];
        const ini = winner?.properties.get(key);
        if (winner === undefined || ini === undefined) continue;
        const found = propertyIn(winner, ini);
        if (found.value.includes("\n") && !mayContinue(key, found.value)) throw continuedValue(key, found);
        return found;
      }
      return undefined;
    },
    properties: () => {
      const all = new Map<string, Property>();
      for (const origin of parts) addProperties(all, origin, origin.properties);
      return all;
    },
    keys: () => {
      const keys: string[] = [];
      for (const { properties } of parts) for (const key of properties.keys()) keys.push(key);
      return keys;
    },
  };
}

function addProperties(
  all: Map<string, Property>,
  origin: SectionPart,
  properties: ReadonlyMap<string, IniProperty>,
): Map<string, Property> {
  for (const [key, ini] of properties) all.set(key, propertyIn(origin, ini));
  return all;
}

function propertyIn(origin: SectionPart, { value, offset, comment, nested }: IniProperty): Property {
  const { file, fromCredentialsFile } = origin;
  const property: { -readonly [K in keyof Property]: Property[K] } = {
    value,
    file: file.path,
    // Counting lines takes time, and only a message needs the number.
    get line() {
      return lineAt(file.text, offset);
    },
    fromCredentialsFile,
  };
  if (comment !== undefined) property.comment = comment;
  if (nested !== undefined) property.nested = addProperties(new Map(), origin, nested);
  return property;
}

/** Settings that may be written over several lines. */
const MAY_CONTINUE: ReadonlySet<string> = new Set(["credential_process", "sso_registration_scopes"]);
/** These may too (SDK specification), unless the further line is a setting. */
const KEYS: ReadonlySet<string> = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
]);

function mayContinue(key: string, value: string): boolean {
  return MAY_CONTINUE.has(key) || (KEYS.has(key) && !/\n\w+[ \t]*=[ \t]*[^=\s]/.test(value));
}

/** Most often the line below is a setting, perhaps a secret, which no message may show as part of this value. */
function continuedValue(key: string, found: Property): Failure {
  return unusable(
    propertySource(key, found),
    "its value goes on in the line below, which is indented further",
    "remove the blanks at the beginning of the line below it",
  );
}
