/** Percent-encoding as AWS wants it, in signatures, forms and console addresses alike. */

/**
 * Keeps `A-Z a-z 0-9 - _ . ~` and turns every other UTF-8 byte into `%XX`. `encodeURIComponent` alone leaves
 * five characters that AWS encodes, and throws on half a surrogate pair, which UTF-8 output replaces.
 */
export function uriEncode(text: string): string {
  let encoded = encodeURIComponent(text.toWellFormed());
  for (const [character, code] of left) {
    if (encoded.includes(character)) encoded = encoded.replaceAll(character, code);
  }
  return encoded;
}

const left = [
  ["!", "%21"],
  ["'", "%27"],
  ["(", "%28"],
  [")", "%29"],
  ["*", "%2A"],
] as const;
