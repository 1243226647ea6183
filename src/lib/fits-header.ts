/**
 * Whether a token fits in a header: visible ASCII, on one line. The runtime refuses any other text, and its error may repeat
 * that text. Pure.
 */
export function fitsHeader(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
