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
 * What bash puts in the place of the replaced part, so that the word is `lead` and a name, for each line of `names`; every
 * line ends with a line feed. A name is left out where no text does that: where the kept part is another, or where the name
 * has a `!` in double quotes, where bash looks for it in the history.
 */
export function bashReplacements(lead: string, names: string, { text, quote, kept }: TypedWord): string {
  // The usual word is rewritten with all its names at once.
  if (lead === "" && kept === 0) return quoted(names, quote);
  const begin = text.slice(0, kept);
  let rests = "";
  for (const name of names.split("\n").slice(0, -1)) {
    const whole = lead + name;
    if (whole.startsWith(begin)) rests += `${whole.slice(kept)}\n`;
  }
  return quoted(rests, quote);
}

/** Bash closes the quote, but not after what looks like one. */
function quoted(lines: string, quote: TypedWord["quote"]): string {
  switch (quote) {
    case "'":
      return lines.replaceAll("'", "'\\''").replace(/'$/gm, "''");
    case '"':
      return lines
        .replace(/^[^\n]*![^\n]*\n/gm, "")
        .replace(/[$`"\\]/g, "\\$&")
        .replace(/"$/gm, '""');
    case "":
      // Word breaks too, so that bash sees one word at the next Tab.
      return /^[\w.,/%+\n-]*$/.test(lines) ? lines : lines.replace(/[^\p{L}\p{M}\p{N}_.,/%+\n-]/gu, "\\$&");
  }
}
