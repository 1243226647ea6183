/** Reads JSON from outside: files, responses of services, output of programs. Pure. */

/** The members of a JSON object in the order of the text. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Undefined when the text is not a JSON object, or is nested deeper than Python's parser goes: writing it again takes a
 * call for every level, and the stack is finite. The parser's own error would quote the text, which may hold secrets.
 */
export function readFields(text: string): Fields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isFields(value) && !isTooDeep(value) ? value : undefined;
}

/** About as deep as Python's parser goes. */
const deepest = 1000;

/** Whether the value is nested too deep to be written again. */
export function isTooDeep(value: unknown, levels = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isTooDeep(child, levels - 1));
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the value is text and not empty. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** A member that is text and not empty. */
export function textField(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isText(value) ? value : undefined;
}

/** A member that is a list of text. */
export function textListField(fields: Fields, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** A member that is an object. */
export function objectField(fields: Fields, name: string): Fields | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isFields(value) ? value : undefined;
}
