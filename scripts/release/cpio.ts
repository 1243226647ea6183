/** A cpio archive in the "new ASCII" form (`070701`), as a payload of rpm has it: owner 0, one time, the order given. */
import { joined } from "./bytes.ts";
import { type Entry, isFolder, modeOf } from "./entry.ts";

/** The mode with the bits that say whether it is a file or a folder. */
export function fullMode(entry: Entry): number {
  return (isFolder(entry) ? 0o040000 : 0o100000) | modeOf(entry);
}

/** `time` in seconds since the epoch. Paths get the `./` that rpm wants in front. */
export function cpio(files: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const records = files.flatMap((file, index) =>
    record(`./${file.path.replace(/\/$/, "")}`, file.bytes, {
      inode: index + 1,
      mode: fullMode(file),
      links: isFolder(file) ? 2 : 1,
      time,
    }),
  );
  const end = record("TRAILER!!!", new Uint8Array(), { inode: 0, mode: 0, links: 1, time: 0 });
  return joined([...records, ...end]);
}

interface Attributes {
  readonly inode: number;
  readonly mode: number;
  readonly links: number;
  readonly time: number;
}

function record(name: string, bytes: Uint8Array, { inode, mode, links, time }: Attributes): Uint8Array[] {
  const encoded = new TextEncoder().encode(`${name}\0`);
  // Owner, group, the four device numbers and the checksum are 0.
  const values = [inode, mode, 0, 0, links, time, bytes.length, 0, 0, 0, 0, encoded.length, 0];
  const fields = values.map((value) => value.toString(16).padStart(8, "0")).join("");
  const header = new TextEncoder().encode(`070701${fields}`);
  return [header, encoded, padding(header.length + encoded.length), bytes, padding(bytes.length)];
}

/** Names and contents end at a multiple of four bytes. */
function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
