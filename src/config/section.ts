/** A section of the shared config files, and what it holds. */
import type { TrailingComment } from "./ini-properties.ts";

/** One property of a section. */
export interface Property {
  /** Trimmed; may be empty. */
  readonly value: string;
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Static keys rank differently by the file they come from. */
  readonly fromCredentialsFile: boolean;
  /** The comment that ends the value in its line. Programs that know no such comments read on. */
  readonly comment?: TrailingComment;
  /** The indented properties below a name without a value, by lower-case name. */
  readonly nested?: ReadonlyMap<string, Property>;
}

export interface Section {
  readonly name: string;
  /** `key` in lower case. Throws a Failure for a value of several lines where the setting takes one line only. */
  get(key: string): Property | undefined;
  /** Every property by lower-case name, those included that `get()` refuses. */
  properties(): ReadonlyMap<string, Property>;
  /** The names of all of them, in lower case; one that both files have comes twice. */
  keys(): readonly string[];
}

/** A section that may be spread over both files. */
export type Profile = Section;

/** A property that has a value; an empty one counts as absent. */
export function propertyOf(section: Section, key: string): Property | undefined {
  const property = section.get(key);
  return property === undefined || property.value === "" ? undefined : property;
}

/** "file:line", for messages. */
export function propertyLocation({ file, line }: Pick<Property, "file" | "line">): string {
  return `${file}:${line}`;
}

/** How a message names a property: `region (/home/me/.aws/config:12)`. */
export function propertySource(key: string, property: Pick<Property, "file" | "line">): string {
  return `${key} (${propertyLocation(property)})`;
}
