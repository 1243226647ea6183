/** Characters, not bytes: more than any honest message, and little enough to read. */
const LONGEST = 2000;

/** Characters. A part of a path or of a URL is seldom so long, with letters of both sizes and digits. */
const TOKEN_PART = 40;

/**
 * The text as it may be shown on a terminal, on one line. Servers and files have a say in what we print: whatever
 * could drive the terminal, or is there without being seen (escapes, line breaks, marks that turn the direction
 * of writing), is spelt out, and a very long text is cut. A secret that somebody put in a wrong place, or that a server
 * sends back, is left out where its shape gives it away.
 */
export function printable(text: string): string {
  // Twice as much, so that a token at the edge is seen to be one.
  const shown = withoutSecrets(text.slice(0, 2 * LONGEST))
    .slice(0, LONGEST)
    .replace(/[\t\r\n]+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, spelled);
  return text.length <= LONGEST ? shown : `${shown}… (${text.length - LONGEST} characters more)`;
}

/** The patterns stand in here because every start loads this file, and few print anything. */
function withoutSecrets(text: string): string {
  return (
    text
      // What is long enough for a token.
      .replace(/[A-Za-z0-9+/=_-]{100,}/g, (run) => (run.split("/").some(isTokenPart) ? leftOut(run) : run))
      // A secret access key, by itself or as an option. One that begins with a slash may be a path.
      .replace(
        /(?<![A-Za-z0-9+/_-])(-{0,2})([A-Za-z0-9+][A-Za-z0-9+/]{39})(?![A-Za-z0-9+/=_-])/g,
        (run, option: string, key: string) => (isMixed(key) ? option + leftOut(key) : run),
      )
  );
}

function isTokenPart(part: string): boolean {
  return part.length >= TOKEN_PART && isMixed(part);
}

function isMixed(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}

function leftOut(secret: string): string {
  return `(${secret.length} characters that look like a secret)`;
}

function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
