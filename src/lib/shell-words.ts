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
  let word: ShellWord | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote === undefined && isBlank(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word = { text: word?.text ?? "", quoted: true };
    } else if (quote !== undefined && character === quote) {
      quote = undefined;
    } else if (character === "\\" && escapes(quote, line.charAt(at + 1), escapable)) {
      at++;
      if (at === line.length) return undefined;
      word = { text: (word?.text ?? "") + line.charAt(at), quoted: true };
    } else {
      word = { text: (word?.text ?? "") + character, quoted: word?.quoted ?? false };
    }
  }
  if (word !== undefined) words.push(word);
  return quote === undefined ? words : undefined;
}

/** Splits for Windows, where a backslash separates folders: only double quotes keep blanks. */
export function windowsWords(line: string): string[] | undefined {
  if ((line.split('"').length - 1) % 2 === 1) return undefined;
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

function isBlank(character: string): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

function escapes(quote: string | undefined, next: string, escapable: string): boolean {
  return quote === undefined || (quote === '"' && next !== "" && escapable.includes(next));
}
