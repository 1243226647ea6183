/** Character data of XML: which characters it may hold, and what its references mean. */

/** What is wrong with a piece of text, and where in it (in characters). */
export interface XmlFault {
  readonly what: string;
  readonly offset: number;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/y;

/**
 * The text with its references replaced and each of its own line ends as a line feed
 * (https://www.w3.org/TR/xml/#sec-line-ends), or what makes it unreadable.
 */
export function decodeXmlText(text: string): string | XmlFault {
  const forbidden = forbiddenCharacter(text);
  if (forbidden >= 0) {
    const isControl = text.charCodeAt(forbidden) < 0x20;
    return { what: isControl ? "a control character" : "a code that is not a character", offset: forbidden };
  }
  let decoded = "";
  let at = 0;
  for (let ampersand = text.indexOf("&"); ampersand >= 0; ampersand = text.indexOf("&", at)) {
    reference.lastIndex = ampersand;
    const match = reference.exec(text);
    if (match === null) return { what: "an unknown or broken entity", offset: ampersand };
    const [whole, name, decimal, hex] = match;
    const character = name === undefined ? numbered(decimal, hex) : named[name];
    if (character === undefined) return { what: "a reference to no character", offset: ampersand };
    decoded += withLineFeeds(text.slice(at, ampersand)) + character;
    at = ampersand + whole.length;
  }
  return decoded + withLineFeeds(text.slice(at));
}

function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function numbered(decimal: string | undefined, hex: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** The `Char` production of XML 1.0, https://www.w3.org/TR/xml/#charsets */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}

/** The index of the first code unit that encodes no character of XML, or -1. Halves of a surrogate pair pass. */
function forbiddenCharacter(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 || code >= 0xfffe) && !isCharacter(code)) return index;
  }
  return -1;
}
