/** Characters, not bytes. No useful message is longer. */
const LONGEST = 2000;

/** Characters. Tokens have hundreds. */
const TOKEN = 100;
/** Characters. A part of a path or a URL is seldom as long and made of upper and lower case letters and digits. */
const TOKEN_PART = 40;

/** Pieces (words and numbers). A path of 40 characters has fewer; a key has about twenty. */
const FEWEST_PIECES = 11;

/** Characters. Regions, account ids, durations and names of choices are shorter. */
const SHORT_VALUE = 20;

/**
 * The text in one line that is safe on a terminal. Messages quote servers and files, so characters that drive a terminal
 * or that a reader cannot see (escapes, line breaks, direction marks) are spelled out, and a very long text is cut. A
 * secret in the wrong place, or one that a server echoes, is left out where its shape gives it away.
 */
export function printable(text: string): string {
  // Twice as much, so that a token at the cut is long enough to be recognised.
  const shown = withoutSecrets(text.slice(0, 2 * LONGEST))
    .slice(0, LONGEST)
    .replace(/[\t\r\n]+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, spelled);
  return text.length <= LONGEST ? shown : `${shown}… (${text.length - LONGEST} characters more)`;
}

/**
 * An invalid value of a setting that takes short values (a region, an account id), for an error message: in quotes when
 * it is short, else its length alone, because it may be a secret of any shape.
 */
export function misfit(value: string): string {
  return value.length > SHORT_VALUE ? `(a value of ${value.length} characters)` : JSON.stringify(value);
}

/** An access key id for a message; its length alone when the value does not look like a key id and may be a secret. */
export function shownKeyId(id: string): string {
  return id.length > SHORT_VALUE && !/^[A-Z0-9]{16,128}$/.test(id) ? `of ${id.length} characters` : id;
}

/** The patterns are inside the function because every start loads this file and few print a message. */
function withoutSecrets(text: string): string {
  return (
    text
      // Secrets whose name gives them away, as in queries, headers and parameter lists. A bracket begins text that was
      // left out already.
      .replace(
        /((?:SigninToken|Signature|TokenCode|X-Amz-Security-Token)(?:=|%(?:25)*3D)|(?:SigninToken|TokenCode|X-Amz-Security-Token)["']?\s*:\s*["']?|<(?:SigninToken|TokenCode)>)([^\s&"'<>,;()]+)/gi,
        (_, name: string, secret: string) => name + leftOut(secret),
      )
      // Text as long as a token. In a query it is percent-encoded, once or more often.
      .replace(/(?:[A-Za-z0-9+/=_-]|%(?:25)*(?:2B|2F|3D))+/gi, (run) => {
        const plain = decoded(run);
        return plain.length >= TOKEN && plain.split("/").some(isTokenPart) ? leftOut(plain) : run;
      })
      // A secret access key, by itself or as an option. One that begins with a slash may be a path, so it must look less
      // like one.
      .replace(
        /(?<![A-Za-z0-9+/%_-])(-{0,2})((?:[A-Za-z0-9+/]|%(?:25)*2[BF]){40})(?![A-Za-z0-9+/%=_-])/gi,
        (run, option: string, encoded: string) => {
          const key = decoded(encoded);
          return (!key.startsWith("/") && isMixed(key)) || isScattered(key) ? option + leftOut(key) : run;
        },
      )
  );
}

/** The text with its slashes, plus and equals signs as they were before they were percent-encoded. */
function decoded(text: string): string {
  return text.replace(/%(?:25)*(2B|2F|3D)/gi, (_, code: string) => decodeURIComponent(`%${code}`));
}

function isTokenPart(part: string): boolean {
  return part.length >= TOKEN_PART && isMixed(part);
}

function isMixed(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}

/** Whether upper and lower case letters alternate at random. Words and numbers make fewer, longer pieces. */
function isScattered(text: string): boolean {
  const pieces = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  return pieces.length >= FEWEST_PIECES && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

function leftOut(secret: string): string {
  return `(${secret.length} characters that look like a secret)`;
}

/** A character as its code point: `\u{1b}`. */
export function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
