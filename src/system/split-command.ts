/**
 * Splits a command line into words as a POSIX shell does, without expanding anything: blanks separate, single quotes
 * keep everything, in double quotes a backslash escapes only `" \ $` and the backtick. Undefined when a quote stays
 * open.
 */
export function posixWords(line: string): string[] | undefined {
  const piece = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)/gsy;
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const [text, single, double, escaped, plain, blank] of line.matchAll(piece)) {
    end += text.length;
    if (blank === undefined) {
      const unescaped = double?.replace(/\\(["\\$`])/g, "$1");
      word = (word ?? "") + (single ?? unescaped ?? escaped ?? plain ?? "");
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < line.length) return undefined;
  return word === undefined ? words : [...words, word];
}

/** The same for Windows, where a backslash separates folders: only double quotes keep blanks. */
export function windowsWords(line: string): string[] | undefined {
  if ((line.split('"').length - 1) % 2 === 1) return undefined;
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ""));
}
