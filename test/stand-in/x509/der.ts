/** The few ASN.1 types that a certificate is made of, in DER (ITU-T X.690). */

function tagged(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(tag), lengthBytes(content.byteLength), content]);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x30, Buffer.concat(parts));
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x31, Buffer.concat(parts));
}

/** A positive integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  const negative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return tagged(0x02, negative ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);
}

export function boolean(value: boolean): Uint8Array {
  return tagged(0x01, Uint8Array.of(value ? 0xff : 0));
}

export function octetString(content: Uint8Array): Uint8Array {
  return tagged(0x04, content);
}

/** `unused` counts the bits of the last byte that carry nothing. */
export function bitString(content: Uint8Array, unused = 0): Uint8Array {
  return tagged(0x03, Buffer.concat([Uint8Array.of(unused), content]));
}

export function utf8String(text: string): Uint8Array {
  return tagged(0x0c, Buffer.from(text));
}

/** An object identifier from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of others) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Uint8Array.from(bytes));
}

/** UTCTime, which X.509 uses for dates before 2050. `milliseconds` since the epoch. */
export function utcTime(milliseconds: number): Uint8Array {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

/** `[number] EXPLICIT`: the part keeps its own tag inside. */
export function explicitTag(number: number, part: Uint8Array): Uint8Array {
  return tagged(0xa0 | number, part);
}

/** `[number] IMPLICIT` over a primitive type: the content takes this tag instead of its own. */
export function implicitTag(number: number, content: Uint8Array): Uint8Array {
  return tagged(0x80 | number, content);
}
