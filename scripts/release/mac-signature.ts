/**
 * The ad-hoc code signature of a macOS executable. Bun adds the program to its own signed runtime, after which the
 * signature is no longer true: it makes a new one for arm64, and leaves the old one in an x64 executable, which macOS
 * may kill for it. The form is that of xnu's `osfmk/kern/cs_blobs.h`: a super blob with one code directory, which
 * holds the SHA-256 of each page; its numbers are big endian, those of the load commands little endian.
 */

const MACH_O_64 = 0xfeedfacf;
const SEGMENT_64 = 0x19;
const CODE_SIGNATURE = 0x1d;
const ARM64 = 0x0100000c;

const PAGE = 4096;
const HASH = 32;
const IDENTIFIER = "aws-login\0";
/** The sizes of a super blob with one index entry, and of a code directory of version 2.4. */
const [SUPER_BLOB, DIRECTORY] = [20, 88];

/** The executable with a signature of its bytes in place of the one it has. Throws when it has no room for one. */
export function signed(executable: Uint8Array): Uint8Array<ArrayBuffer> {
  const { linkedit, signature, text } = loadCommands(new DataView(executable.buffer, executable.byteOffset));
  const pages = Math.ceil(signature.offset / PAGE);
  const size = SUPER_BLOB + DIRECTORY + IDENTIFIER.length + pages * HASH;

  const bytes = new Uint8Array(signature.offset + size);
  bytes.set(executable.subarray(0, signature.offset));
  const view = new DataView(bytes.buffer);
  view.setUint32(signature.command + 12, size, true);
  const linkeditSize = BigInt(bytes.length) - linkedit.offset;
  const memoryPage = view.getUint32(4, true) === ARM64 ? 0x4000n : 0x1000n;
  view.setBigUint64(linkedit.command + 32, roundUp(linkeditSize, memoryPage), true);
  view.setBigUint64(linkedit.command + 48, linkeditSize, true);

  const directory = signature.offset + SUPER_BLOB;
  // Magic, length, number of blobs; the one blob's kind (code directory) and place.
  putWords(view, signature.offset, [0xfade0cc0, size, 1, 0, SUPER_BLOB]);
  const hashes = DIRECTORY + IDENTIFIER.length;
  // Magic, length, version 2.4, flags (ad hoc, signed by the linker: a signer may replace it), where the hashes and
  // the identifier are, how many hashes, how many bytes they cover; SHA-256, pages of 4096.
  putWords(view, directory, [0xfade0c02, size - SUPER_BLOB, 0x20400, 0x20002, hashes, DIRECTORY]);
  putWords(view, directory + 24, [0, pages, signature.offset]);
  bytes.set([HASH, 2, 0, Math.log2(PAGE)], directory + 36);
  // The segment with the code, and that it is the main one.
  view.setBigUint64(directory + 64, text.offset);
  view.setBigUint64(directory + 72, text.size);
  view.setBigUint64(directory + 80, 1n);
  bytes.set(new TextEncoder().encode(IDENTIFIER), directory + DIRECTORY);
  for (let page = 0; page < pages; page++) {
    // The last page ends where the signature begins.
    const content = bytes.subarray(page * PAGE, Math.min((page + 1) * PAGE, signature.offset));
    bytes.set(new Bun.CryptoHasher("sha256").update(content).digest(), directory + hashes + page * HASH);
  }
  return bytes;
}

interface Segment {
  /** Where its load command is. */
  readonly command: number;
  readonly offset: bigint;
  readonly size: bigint;
}

interface LoadCommands {
  readonly text: Segment;
  readonly linkedit: Segment;
  readonly signature: { readonly command: number; readonly offset: number };
}

function loadCommands(view: DataView): LoadCommands {
  if (view.getUint32(0, true) !== MACH_O_64) throw new Error("this is no 64-bit Mach-O file");
  const segments = new Map<string, Segment>();
  let signature: LoadCommands["signature"] | undefined;
  let command = 32;
  for (let count = view.getUint32(16, true); count > 0; count--) {
    const kind = view.getUint32(command, true);
    if (kind === SEGMENT_64) {
      const [offset, size] = [view.getBigUint64(command + 40, true), view.getBigUint64(command + 48, true)];
      segments.set(textAt(view, command + 8, 16), { command, offset, size });
    } else if (kind === CODE_SIGNATURE) {
      signature = { command, offset: view.getUint32(command + 8, true) };
    }
    command += view.getUint32(command + 4, true);
  }
  const [text, linkedit] = [segments.get("__TEXT"), segments.get("__LINKEDIT")];
  if (!text || !linkedit || !signature) throw new Error("the Mach-O file has no place for a signature");
  return { text, linkedit, signature };
}

function textAt(view: DataView, at: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  return new TextDecoder().decode(bytes).replace(/\0+$/, "");
}

function putWords(view: DataView, at: number, words: readonly number[]): void {
  for (const [index, word] of words.entries()) view.setUint32(at + 4 * index, word);
}

function roundUp(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step) * step;
}
