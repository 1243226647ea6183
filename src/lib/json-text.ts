/** JSON for stdout, which may be a terminal. */

/**
 * The value as JSON, with those characters spelt out which `JSON.stringify` leaves as they are and a terminal takes for
 * commands: services have a say in what is printed. A member that is undefined is left out.
 */
export function jsonText(value: Readonly<Record<string, unknown>>, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\x9f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
