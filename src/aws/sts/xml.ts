/**
 * A reader for the small part of XML that STS writes: elements, attributes (read and dropped), text with the
 * five named entities and numeric ones. Everything else is refused, so that a page from a proxy or half an
 * answer never passes for one of AWS's. Takes time in proportion to the text.
 */
import { Failure } from "../../errors.ts";
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
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.\d+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>/y;
const openingName = /<([A-Za-z_][\w.:-]*)/y;
const attribute = /[ \t\r\n]+([A-Za-z_][\w.:-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const openingEnd = /[ \t\r\n]*(\/?)>/y;
const closing = /<\/([A-Za-z_][\w.:-]*)[ \t\r\n]*>/y;

/**
 * The root element of a whole document. Throws a Failure that says what was met and where (the line counted from
 * 1, the offset in characters from 0), and that repeats nothing of the document: it may hold credentials.
 */
export function parseXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = matchAt(declaration, text, 0)?.end ?? 0;
  while (at < text.length) {
    const inside = open.at(-1);
    const next = text.indexOf("<", at);
    const end = next < 0 ? text.length : next;
    if (inside !== undefined) readText(inside, text, at, end);
    else if (!isBlank(text.slice(at, end))) throw unreadable(text, at, "text outside all elements");
    at = end;
    if (next < 0) break;
    let ended: XmlElement | undefined;
    if (text[at + 1] === "/") {
      const tag = matchAt(closing, text, at);
      if (tag === undefined) throw unreadable(text, at, "a broken closing tag");
      if (tag.groups[0] !== inside?.name) throw unreadable(text, at, "a closing tag that does not match");
      ended = open.pop();
      at = tag.end;
    } else {
      const tag = readOpeningTag(text, at);
      if (root !== undefined) throw unreadable(text, at, "a second document");
      if (open.length === deepest) throw unreadable(text, at, `elements nested more than ${deepest} deep`);
      if (inside !== undefined && !isBlank(inside.text)) throw unreadable(text, at, "an element amid text");
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

/** The trimmed text of the first child of that name; undefined when there is none or it is blank. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined;
}

function readText(element: OpenElement, text: string, start: number, end: number): void {
  const decoded = decode(text, start, end);
  const sectionEnd = text.slice(start, end).indexOf("]]>");
  if (sectionEnd >= 0) throw unreadable(text, start + sectionEnd, "the end of a CDATA section");
  if (element.children.length === 0) element.text = decoded;
  else if (!isBlank(decoded)) throw unreadable(text, start, "text beside elements");
}

function readOpeningTag(text: string, start: number): { name: string; closed: boolean; end: number } {
  const opening = matchAt(openingName, text, start);
  const name = opening?.groups[0];
  if (opening === undefined || name === undefined) throw unreadable(text, start, refusedMarkup(text, start));
  if (name.toLowerCase() === "html") throw unreadable(text, start, "a web page");
  let at = opening.end;
  const names = new Set<string | undefined>();
  for (let next = matchAt(attribute, text, at); next !== undefined; next = matchAt(attribute, text, at)) {
    const [attributeName, double, single] = next.groups;
    if (names.has(attributeName)) throw unreadable(text, at, "an attribute that stands twice");
    names.add(attributeName);
    const value = double ?? single ?? "";
    at = next.end;
    decode(text, at - 1 - value.length, at - 1);
  }
  const rest = matchAt(openingEnd, text, at);
  if (rest === undefined) throw unreadable(text, at, "a broken opening tag");
  return { name, closed: rest.groups[0] === "/", end: rest.end };
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

function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

function matchAt(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? undefined : { groups: match.slice(1), end: pattern.lastIndex };
}

function unreadable(text: string, offset: number, met: string): Failure {
  const line = text.slice(0, offset).split("\n").length;
  return new Failure("failed", `cannot read the text as XML: ${met} (line ${line}, offset ${offset})`);
}
