/** Percent-encoding as AWS wants it, in signatures, forms and console addresses alike. */

/**
 * Keeps `A-Z a-z 0-9 - _ . ~` and turns every other UTF-8 byte into `%XX`. `encodeURIComponent` alone leaves
 * five characters that AWS encodes, and throws on half a surrogate pair, which UTF-8 output replaces.
 */
export function uriEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
