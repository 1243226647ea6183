/** The command line that bash has so far, as words, and a name in the syntax of the word at its end. Pure. */

/** The word at the cursor. */
export interface TypedWord {
  /** Without quotes and backslashes. */
  readonly text: string;
  /** The quote that is open at the end. */
  readonly quote: "" | "'" | '"';
  /** How many characters of the text bash leaves as they are: it replaces what follows a word break or an open quote. */
  readonly kept: number;
}

export interface BashLine {
  /** The words before it, the program's name included. */
  readonly words: readonly string[];
  readonly last: TypedWord;
}

/** What a double quote lets a backslash escape. */
const ESCAPED_IN_QUOTES = '$`"\\\n';

/**
 * Splits as bash does, without expanding anything. `breaks` is `COMP_WORDBREAKS`. Undefined where bash replaces a part of the
 * word that cannot be told: after a quote that was closed.
 */
export function readBashLine(line: string, breaks: string): BashLine | undefined {
  const words: string[] = [];
  let text = "";
  let kept = 0;
  let quote: TypedWord["quote"] = "";
  let hasWord = false;
  let wasQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote === "" && (character === " " || character === "\t" || character === "\n")) {
      if (hasWord) words.push(text);
      text = "";
      kept = 0;
      hasWord = false;
      wasQuoted = false;
      continue;
    }
    hasWord = true;
    if (character === quote) {
      quote = "";
      wasQuoted = true;
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      kept = text.length;
    } else if (
      character === "\\" &&
      next !== "" &&
      (quote === "" || (quote === '"' && ESCAPED_IN_QUOTES.includes(next)))
    ) {
      text += next;
      at++;
    } else {
      text += character;
      if (quote === "" && breaks.includes(character)) kept = text.length;
    }
  }
  return wasQuoted ? undefined : { words, last: { text, quote, kept } };
}

/**
 * What bash puts in the place of the replaced part, so that the word is `whole`. Undefined where no text does that: the kept
 * part is another, or the name has a `!` in double quotes, where bash looks for it in the history.
 */
export function bashReplacement(whole: string, { text, quote, kept }: TypedWord): string | undefined {
  if (whole.slice(0, kept) !== text.slice(0, kept)) return undefined;
  const rest = whole.slice(kept);
  if (/^[\w.,/%+-]*$/.test(rest)) return rest;
  // Bash closes the quote, but not after what looks like one.
  const end = quote !== "" && rest.endsWith(quote) ? quote : "";
  if (quote === "'") return rest.replaceAll("'", "'\\''") + end;
  if (quote === '"') return rest.includes("!") ? undefined : rest.replace(/[$`"\\]/g, "\\$&") + end;
  // Word breaks too, so that bash sees one word at the next Tab.
  return rest.replace(/[^\p{L}\p{M}\p{N}_.,/%+-]/gu, "\\$&");
}
