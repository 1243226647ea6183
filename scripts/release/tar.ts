/**
 * Tar archives that depend on nothing but their content: owner 0, one time for all files, the order given. In the
 * form of POSIX.1-1988 (`ustar`), which every tar reads.
 */
import { type Entry, modeOf } from "./entry.ts";

const BLOCK = 512;

/** `time` in seconds since the epoch. Throws for a path longer than 100 bytes. */
export function tar(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const padded = (length: number) => Math.ceil(length / BLOCK) * BLOCK;
  const length = entries.reduce((sum, { bytes }) => sum + BLOCK + padded(bytes.length), 0);
  // It ends with two empty blocks.
  const archive = new Uint8Array(length + 2 * BLOCK);
  let at = 0;
  for (const entry of entries) {
    archive.set(header(entry, time), at);
    archive.set(entry.bytes, at + BLOCK);
    at += BLOCK + padded(entry.bytes.length);
  }
  return archive;
}

/** The same, compressed. libdeflate gives the same bytes on every processor, which zlib does not promise. */
export function tarGz(entries: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  return Bun.gzipSync(tar(entries, time), { library: "libdeflate", level: 6 });
}

function header(entry: Entry, time: number): Uint8Array {
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
  put("0", 156);
  put("ustar\0", 257);
  put("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 7)} `, 148);
  return block;
}
