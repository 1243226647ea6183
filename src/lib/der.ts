/**
 * A reader of DER (ITU-T X.690), for as much of it as keys, certificates and PKCS#12 files use: low tag numbers and
 * definite lengths. Pure.
 */
import { Failure } from "./errors.ts";

export interface DerElement {
  /** The identifier octet: class, constructed bit and tag number. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element as it is encoded, tag and length included. */
  readonly encoding: Uint8Array;
}

/** Identifier octets by the names of X.680. `context` is a constructed context-specific tag, `implicit` a primitive one. */
export const derTags = {
  integer: 0x02,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  context: (number: number) => 0xa0 + number,
  implicit: (number: number) => 0x80 + number,
} as const;

/** Reads the one element that `bytes` holds. Throws a Failure for anything else. */
export function readDer(bytes: Uint8Array): DerElement {
  const element = readElement(bytes, 0);
  if (element.encoding.length !== bytes.length) throw malformed();
  return element;
}

/** Reads the elements of a SEQUENCE, SET or constructed tag, of this tag if one is given. Throws a Failure. */
export function derChildren(element: DerElement | undefined, tag?: number): readonly DerElement[] {
  if (element === undefined || (tag !== undefined && element.tag !== tag)) throw malformed();
  const children: DerElement[] = [];
  for (let at = 0; at < element.content.length; ) {
    const child = readElement(element.content, at);
    children.push(child);
    at += child.encoding.length;
  }
  return children;
}

/** The content of an element that must have this tag. Throws a Failure. */
export function derContent(element: DerElement | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw malformed();
  return element.content;
}

/** An OBJECT IDENTIFIER in its dotted form. Throws a Failure. */
export function derObjectIdentifier(element: DerElement | undefined): string {
  const content = derContent(element, derTags.objectIdentifier);
  const [first = 0, ...rest] = base128(content);
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join(".");
}

/** A non-negative INTEGER that fits into a number. Throws a Failure. */
export function derSmallInteger(element: DerElement | undefined): number {
  const content = derContent(element, derTags.integer);
  const [first] = content;
  if (first === undefined || first >= 0x80 || content.length > 6) throw malformed();
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

function readElement(bytes: Uint8Array, start: number): DerElement {
  const tag = bytes[start];
  const short = bytes[start + 1];
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw malformed();
  let length = short;
  let at = start + 2;
  if (short >= 0x80) {
    const octets = short - 0x80;
    if (octets === 0 || octets > 4) throw malformed();
    length = 0;
    for (const byte of bytes.subarray(at, at + octets)) length = length * 256 + byte;
    at += octets;
  }
  if (at + length > bytes.length) throw malformed();
  return { tag, content: bytes.subarray(at, at + length), encoding: bytes.subarray(start, at + length) };
}

function base128(content: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw malformed();
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  return numbers;
}

function malformed(): Failure {
  return new Failure("failed", "its DER encoding is damaged");
}
