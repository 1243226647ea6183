/**
 * A reader for the small part of XML that STS writes: elements, attributes (read and dropped), text with the
 * five named entities and numeric ones. Everything else is refused, so that a page from a proxy or half a
 * response is never taken for one of AWS's. Takes time in proportion to the text.
 */
import { Failure } from "../../lib/errors.ts";
import { decodeXmlText } from "./xml-text.ts";

export interface XmlElement {
  readonly name: string;
  /** The decoded text, white space included; empty when there are children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** STS nests five deep. */
const deepest = 32;

/** The blank alone, not what else is a space to a regular expression. */
const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.\d+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>/;

/**
 * The root element of a whole document. Throws a Failure that says what was met and where (the line counted from
 * 1, the offset in characters from 0), and that repeats nothing of the document: it may hold credentials.
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = text.startsWith("<?xml") ? endOfDeclaration(text) : 0;
  while (at < text.length) {
    const inside = open.at(-1);
    const next = text.indexOf("<", at);
    const end = next < 0 ? text.length : next;
    if (inside !== undefined) readText(inside, text, at, end);
    else if (skipBlanks(text, at) < end) throw unreadable(text, at, "text outside all elements");
    at = end;
    if (next < 0) break;
    let ended: XmlElement | undefined;
    if (text[at + 1] === "/") {
      const nameEnd = endOfName(text, at + 2);
      const last = skipBlanks(text, nameEnd);
      if (nameEnd === at + 2 || text[last] !== ">") throw unreadable(text, at, "a broken closing tag");
      if (text.slice(at + 2, nameEnd) !== inside?.name) {
        throw unreadable(text, at, "a closing tag that does not match");
      }
      ended = open.pop();
      at = last + 1;
    } else {
      const tag = readOpeningTag(text, at);
      if (root !== undefined) throw unreadable(text, at, "a second document");
      if (open.length === deepest) throw unreadable(text, at, `elements nested more than ${deepest} deep`);
      if (inside !== undefined && skipBlanks(inside.text, 0) < inside.text.length)
        throw unreadable(text, at, "an element amid text");
      if (inside !== undefined) inside.text = "";
      const element = { name: tag.name, text: "", children: [] };
      if (tag.closed) ended = element;
      else open.push(element);
      at = tag.end;
    }
    const parent = open.at(-1);
    if (ended !== undefined && parent !== undefined) parent.children.push(ended);
    else if (ended !== undefined) root = ended;
  }
  if (root === undefined) throw unreadable(text, text.length, "an early end");
  return root;
}

/** The first child of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  for (const candidate of element.children) {
    if (candidate.name === name) return candidate;
  }
  return undefined;
}

/** The trimmed text of the first child of that name; undefined when there is no such child or it is blank. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined;
}

function readText(element: OpenElement, text: string, start: number, end: number): void {
  const decoded = decode(text, start, end);
  const sectionEnd = text.slice(start, end).indexOf("]]>");
  if (sectionEnd >= 0) throw unreadable(text, start + sectionEnd, "the end of a CDATA section");
  if (element.children.length === 0) element.text = decoded;
  else if (skipBlanks(decoded, 0) < decoded.length) throw unreadable(text, start, "text beside elements");
}

function readOpeningTag(text: string, start: number): { name: string; closed: boolean; end: number } {
  const nameEnd = endOfName(text, start + 1);
  if (nameEnd === start + 1) throw unreadable(text, start, refusedMarkup(text, start));
  const name = text.slice(start + 1, nameEnd);
  if (name.toLowerCase() === "html") throw unreadable(text, start, "a web page");
  const attributesEnd = text[nameEnd] === ">" ? nameEnd : skipAttributes(text, nameEnd);
  let last = skipBlanks(text, attributesEnd);
  const closed = text[last] === "/";
  if (closed) last++;
  if (text[last] !== ">") throw unreadable(text, attributesEnd, "a broken opening tag");
  return { name, closed, end: last + 1 };
}

/** Where the attributes end that begin at `start`: each is read, and dropped. */
function skipAttributes(text: string, start: number): number {
  const names = new Set<string>();
  for (let at = start; ; ) {
    const nameStart = skipBlanks(text, at);
    const nameEnd = endOfName(text, nameStart);
    if (nameStart === at || nameEnd === nameStart) return at;
    const equals = skipBlanks(text, nameEnd);
    const opening = skipBlanks(text, equals + 1);
    const quote = text[opening];
    if (text[equals] !== "=" || (quote !== '"' && quote !== "'")) return at;
    const closing = text.indexOf(quote, opening + 1);
    if (closing < 0 || text.slice(opening + 1, closing).includes("<")) return at;
    const name = text.slice(nameStart, nameEnd);
    if (names.has(name)) throw unreadable(text, at, "an attribute that occurs twice");
    names.add(name);
    decode(text, opening + 1, closing);
    at = closing + 1;
  }
}

function refusedMarkup(text: string, at: number): string {
  if (/^<!doctype\s+html/i.test(text.slice(at, at + 40))) return "a web page";
  if (text.startsWith("<!--", at)) return "a comment";
  if (text.startsWith("<![CDATA[", at)) return "a CDATA section";
  if (text.startsWith("<!", at)) return "a document type or another declaration";
  if (text.startsWith("<?", at)) return "a processing instruction";
  return "a broken opening tag";
}

function decode(text: string, start: number, end: number): string {
  const decoded = decodeXmlText(text.slice(start, end));
  if (typeof decoded === "string") return decoded;
  throw unreadable(text, start + decoded.offset, decoded.what);
}

/** The offset of the first character from `start` on that is no white space, or the end of the text. */
function skipBlanks(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}

/**
 * Where the name that begins at `start` ends: `start` when none does. By character codes, because a regular expression
 * costs more the first time than all the tags of a response.
 */
function endOfName(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // A letter or _; after the first also a digit, a hyphen, a dot or a colon.
    const begins = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
    const goesOn = (code >= 0x30 && code <= 0x3a) || code === 0x2d || code === 0x2e;
    if (!begins && (!goesOn || at === start)) break;
  }
  return at;
}

/** 0 when the text begins like a declaration and has not the form of one. */
function endOfDeclaration(text: string): number {
  return declaration.exec(text)?.[0].length ?? 0;
}

function unreadable(text: string, offset: number, met: string): Failure {
  const line = text.slice(0, offset).split("\n").length;
  return new Failure("failed", `cannot read the text as XML: ${met} (line ${line}, offset ${offset})`);
}
