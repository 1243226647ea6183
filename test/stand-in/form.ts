/** One name and value of a form-encoded body or query, decoded. */
export type Field = readonly [name: string, value: string];

/** Decodes `application/x-www-form-urlencoded` text: `+` is a space, broken escapes stay as they are. */
export function parseForm(text: string): Field[] {
  if (text === "") return [];
  return text.split("&").map((pair) => {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    return [decode(name), equals < 0 ? "" : decode(pair.slice(equals + 1))];
  });
}

/** The first value of a field, or undefined. */
export function fieldValue(fields: readonly Field[], name: string): string | undefined {
  return fields.find(([given]) => given === name)?.[1];
}

/** A name that occurs more than once, or undefined. */
export function repeatedName(fields: readonly Field[]): string | undefined {
  const names = fields.map(([name]) => name);
  return names.find((name, index) => names.indexOf(name) !== index);
}

function decode(text: string): string {
  const spaced = text.replace(/\+/g, " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
