/** Characters, not bytes: more than any honest message, and little enough to read. */
const LONGEST = 2000;

/**
 * The text as it may be shown on a terminal, on one line. Servers and files have a say in what we print: whatever
 * could drive the terminal, or is there without being seen (escapes, line breaks, marks that turn the direction
 * of writing), is spelt out, and a very long text is cut.
 */
export function printable(text: string): string {
  const shown = text
    .slice(0, LONGEST)
    .replace(/[\t\r\n]+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, spelled);
  return text.length <= LONGEST ? shown : `${shown}… (${text.length - LONGEST} characters more)`;
}

function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
