/** Characters, not bytes: more than any honest message, and little enough to read. */
const LONGEST = 2000;

/** Characters. Tokens are of hundreds. */
const TOKEN = 100;
/** Characters. A part of a path or of a URL is seldom so long, with letters of both sizes and digits. */
const TOKEN_PART = 40;

/** Of so many pieces, words and numbers, no path of 40 characters is made; a key is of twenty or so. */
const FEWEST_PIECES = 11;

/** Characters. Regions, account ids, durations and names of choices are shorter. */
const SHORT_VALUE = 20;

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

/**
 * A value that does not fit where few values do, such as a region or an account id, for a message that says so: in
 * quotes when it is short, else only its length, for it may be anything, secrets of any shape included.
 */
export function misfit(value: string): string {
  return value.length > SHORT_VALUE ? `(a value of ${value.length} characters)` : JSON.stringify(value);
}

/** What is said of an access key by its id; only its length when that is no id, but a secret in its place, say. */
export function shownKeyId(id: string): string {
  return id.length > SHORT_VALUE && !/^[A-Z0-9]{16,128}$/.test(id) ? `of ${id.length} characters` : id;
}

/** The patterns stand in here because every start loads this file, and few print anything. */
function withoutSecrets(text: string): string {
  return (
    text
      // What a name gives away, as queries, headers and lists of parameters have it. What is left out already begins
      // with a bracket.
      .replace(
        /((?:SigninToken|Signature|TokenCode|X-Amz-Security-Token)(?:=|%(?:25)*3D)|(?:SigninToken|TokenCode|X-Amz-Security-Token)["']?\s*:\s*["']?|<(?:SigninToken|TokenCode)>)([^\s&"'<>,;()]+)/gi,
        (_, name: string, secret: string) => name + leftOut(secret),
      )
      // What is long enough for a token. For a query it is encoded, once or more often.
      .replace(/(?:[A-Za-z0-9+/=_-]|%(?:25)*(?:2B|2F|3D))+/gi, (run) => {
        const plain = decoded(run);
        return plain.length >= TOKEN && plain.split("/").some(isTokenPart) ? leftOut(plain) : run;
      })
      // A secret access key, by itself or as an option. One that begins with a slash may be a path, and has to look
      // less like one.
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

/** Letters of both sizes in no order. Words and numbers, also run together, are few pieces of some length. */
function isScattered(text: string): boolean {
  const pieces = text.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  return pieces.length >= FEWEST_PIECES && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

function leftOut(secret: string): string {
  return `(${secret.length} characters that look like a secret)`;
}

function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
