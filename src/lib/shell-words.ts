/** Splits a command line or a section header into words, without expanding anything. */

export interface ShellWord {
  readonly text: string;
  /** Whether quotes or a backslash wrote part of it. */
  readonly quoted: boolean;
}

/**
 * Splits as a POSIX shell does: blanks separate, single quotes keep everything, a backslash outside quotes keeps the
 * next character, and in double quotes it escapes only the characters of `escapable`. The default is Python's `shlex`,
 * by which the AWS CLI reads section headers. Undefined when a quote stays open or the line ends in a backslash.
 */
export function shellWords(line: string, escapable = '"\\'): readonly ShellWord[] | undefined {
  const words: ShellWord[] = [];
  let text: string | undefined;
  let quoted = false;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote === undefined && isBlank(character)) {
      if (text !== undefined) words.push({ text, quoted });
      text = undefined;
      quoted = false;
    } else if (quote === undefined && isQuote(character)) {
      quote = character;
      text ??= "";
      quoted = true;
    } else if (quote !== undefined && character === quote) {
      quote = undefined;
    } else if (character === "\\" && escapes(quote, line.charAt(at + 1), escapable)) {
      at++;
      if (at === line.length) return undefined;
      text = (text ?? "") + line.charAt(at);
      quoted = true;
    } else {
      const end = endOfPlain(line, at + 1, quote);
      text = (text ?? "") + line.slice(at, end);
      at = end - 1;
    }
  }
  if (text !== undefined) words.push({ text, quoted });
  return quote === undefined ? words : undefined;
}

/**
 * Offset of the next character that may be more than itself, so that a word is taken in pieces. `charAt()` would make a
 * text of each character beyond Latin-1, which takes twenty times as long.
 */
function endOfPlain(line: string, from: number, quote: string | undefined): number {
  let at = from;
  while (at < line.length && !mayEndPlain(line.charCodeAt(at), quote)) at++;
  return at;
}

function mayEndPlain(code: number, quote: string | undefined): boolean {
  if (quote === "'") return code === SINGLE_QUOTE;
  if (code === DOUBLE_QUOTE || code === BACKSLASH) return true;
  return quote === undefined && (code <= SPACE || code === SINGLE_QUOTE);
}

/** Splits for Windows, where a backslash separates folders: only double quotes keep blanks. */
export function windowsWords(line: string): string[] | undefined {
  if ((line.split('"').length - 1) % 2 === 1) return undefined;
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

const SPACE = 32;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

function isBlank(character: string): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function escapes(quote: string | undefined, next: string, escapable: string): boolean {
  return quote === undefined || (quote === '"' && next !== "" && escapable.includes(next));
}
