/** The man macros of roff, as far as a man page of this project needs them. Texts are given as they are to be read. */

/** Plain text on a line of its own; what roff would take for a command or a sign of its own is escaped. */
export function text(line: string): string {
  const escaped = line
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replaceAll("`", "\\(ga")
    .replaceAll("'", "\\(aq")
    .replace(/[^\n -~]/gu, (character) => `\\[u${code(character)}]`);
  return escaped.replace(/^[.]/gm, "\\&.");
}

function code(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

export function bold(words: string): string {
  return `\\fB${text(words)}\\fR`;
}

export function italic(words: string): string {
  return `\\fI${text(words)}\\fR`;
}

export function section(title: string, ...body: readonly string[]): string {
  return [`.SH ${title.toUpperCase()}`, ...body].join("\n");
}

export function subsection(title: string, ...body: readonly string[]): string {
  return [`.SS ${text(title)}`, ...body].join("\n");
}

/** A term, already in roff, and what it means. */
export function item(term: string, meaning: string): string {
  return `.TP\n${term}\n${meaning}`;
}

/** Lines that stay as they are. */
export function verbatim(lines: readonly string[]): string {
  return [".nf", ...lines.map(text), ".fi"].join("\n");
}

export const paragraph = ".PP";
