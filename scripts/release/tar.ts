/**
 * Tar archives that depend on nothing but their content: owner 0, one time for all files, the order given. In the
 * form of POSIX.1-1988 (`ustar`), which every tar reads.
 */
import { type Entry, isFolder, modeOf, textEntry } from "./entry.ts";

const BLOCK = 512;

/** The kinds of record: a file, a folder, and the extended header of the record that follows. */
type Kind = "0" | "5" | "x";

/** `time` in seconds since the epoch. Throws for a path longer than 100 bytes. */
export function tar(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const records = tarRecords(entries, time);
  // An archive ends with two empty blocks.
  const archive = new Uint8Array(records.length + 2 * BLOCK);
  archive.set(records);
  return archive;
}

/** An entry of a tar archive, with the members of an extended header of POSIX.1-2001 where there are some. */
export interface TarEntry extends Entry {
  readonly extended?: Readonly<Record<string, string>>;
}

/** The records without the end of an archive, so that more can follow. */
export function tarRecords(entries: readonly TarEntry[], time: number): Uint8Array<ArrayBuffer> {
  const records = entries.flatMap((entry): readonly (readonly [Entry, Kind])[] => {
    const record = [entry, isFolder(entry) ? "5" : "0"] as const;
    return entry.extended === undefined ? [record] : [[extendedHeader(entry.extended), "x"], record];
  });
  const padded = (length: number) => Math.ceil(length / BLOCK) * BLOCK;
  const length = records.reduce((sum, [{ bytes }]) => sum + BLOCK + padded(bytes.length), 0);
  const all = new Uint8Array(length);
  let at = 0;
  for (const [entry, kind] of records) {
    all.set(header(entry, kind, time), at);
    all.set(entry.bytes, at + BLOCK);
    at += BLOCK + padded(entry.bytes.length);
  }
  return all;
}

/** The same as `tar()`, compressed. */
export function tarGz(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  return gzip(tar(entries, time));
}

/** libdeflate gives the same bytes on every processor, which zlib does not promise. */
export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Bun.gzipSync(Uint8Array.from(bytes), { library: "libdeflate", level: 6 });
}

/** Each member is a line that begins with its own length in bytes, which counts its own digits. */
function extendedHeader(members: Readonly<Record<string, string>>): Entry {
  const lines = Object.entries(members).map(([name, value]) => {
    const rest = ` ${name}=${value}\n`;
    const size = new TextEncoder().encode(rest).length;
    let length = size;
    while (`${length}`.length + size !== length) length = `${length}`.length + size;
    return `${length}${rest}`;
  });
  return textEntry("PaxHeader", lines.join(""));
}

function header(entry: Entry, kind: Kind, time: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const encoder = new TextEncoder();
  const put = (text: string, at: number) => block.set(encoder.encode(text), at);
  /** Digits that fill `size` bytes, the last of which ends them. */
  const octal = (value: number, size: number) => `${value.toString(8).padStart(size - 1, "0")}\0`;

  if (encoder.encode(entry.path).length > 100) throw new Error(`the path is too long for tar: ${entry.path}`);
  put(entry.path, 0);
  put(octal(modeOf(entry), 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(entry.bytes.length, 12), 124);
  put(octal(time, 12), 136);
  // The checksum is that of the header with blanks in its place.
  put(" ".repeat(8), 148);
  put(kind, 156);
  put("ustar\0", 257);
  put("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 7)} `, 148);
  return block;
}
