/**
 * Zip archives that depend on nothing but their content: one time for all files, the order given. After PKWARE's
 * APPNOTE.TXT, sections 4.3 (records) and 4.4 (fields), without the 64-bit extensions.
 */
import { joined } from "./bytes.ts";
import { type Entry, modeOf } from "./entry.ts";

/** 2.0: the first that has deflate. */
const VERSION = 20;
/** In a version's upper byte: modes are those of Unix. */
const UNIX = 3 << 8;
const UTF8_NAMES = 1 << 11;
const DEFLATED = 8;

/** A record's fields in order, little endian: each value with its size in bytes. */
type Fields = readonly (readonly [size: 2 | 4, value: number])[];

/** `time` in seconds since the epoch, at least 1980; readers take it for their own time zone's. */
export function zip(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const records: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.path);
    const content = Bun.deflateSync(Uint8Array.from(entry.bytes), { library: "libdeflate", level: 6 });
    const shared: Fields = [
      [2, VERSION],
      [2, UTF8_NAMES],
      [2, DEFLATED],
      ...dosTime(time),
      [4, Bun.hash.crc32(entry.bytes)],
      [4, content.length],
      [4, entry.bytes.length],
      [2, name.length],
      [2, 0],
    ];
    const record = [fields([[4, 0x04034b50], ...shared]), name, content];
    const attributes = ((0o100000 | modeOf(entry)) << 16) >>> 0;
    const place: Fields = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, attributes],
      [4, at],
    ];
    directory.push(fields([[4, 0x02014b50], [2, UNIX | VERSION], ...shared, ...place]), name);
    records.push(...record);
    at += lengthOf(record);
  }
  const end = fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, lengthOf(directory)],
    [4, at],
    [2, 0],
  ]);
  return joined([...records, ...directory, end]);
}

/** Two seconds are its smallest step. */
function dosTime(time: number): Fields {
  const date = new Date(time * 1000);
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  return [
    [2, clock],
    [2, day],
  ];
}

function fields(values: Fields): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
