/** JSON for stdout, which may be a terminal. */

/**
 * The value as JSON. The control characters that `JSON.stringify` leaves bare and a terminal obeys are escaped, because
 * values come from services. An undefined member is left out.
 */
export function jsonText(value: Readonly<Record<string, unknown>>, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\x9f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
