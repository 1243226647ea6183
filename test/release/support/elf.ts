/** What an ELF file (64 bits, little endian) says about where it runs. After the System V ABI, chapters 4 and 5. */

export interface Elf {
  /** `e_machine`. */
  readonly machine: number;
  /** The program that loads it. */
  readonly interpreter: string;
  /** The libraries that it needs, in the order in which it names them. */
  readonly needed: readonly string[];
  /** The newest version of the GNU C library whose functions it uses; undefined when it uses none. */
  readonly glibc: string | undefined;
}

export const MACHINES = { x64: 62, arm64: 183 } as const;

const [LOAD, DYNAMIC, INTERPRETER] = [1, 2, 3];
const [NEEDED, STRING_TABLE, STRING_SIZE] = [1, 5, 10];

export function readElf(bytes: Uint8Array): Elf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x7f454c46 || bytes[4] !== 2) throw new Error("this is no 64-bit ELF file");
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const segments = Array.from({ length: view.getUint16(56, true) }, (_, index) => {
    const at = u64(32) + index * view.getUint16(54, true);
    return { kind: view.getUint32(at, true), offset: u64(at + 8), address: u64(at + 16), size: u64(at + 32) };
  });
  const find = (kind: number) => {
    const found = segments.find((segment) => segment.kind === kind);
    if (found === undefined) throw new Error(`there is no segment of kind ${kind}`);
    return found;
  };
  const textAt = (at: number, end = bytes.indexOf(0, at)) =>
    new TextDecoder().decode(bytes.subarray(at, end));
  const offsetOf = (address: number) => {
    const segment = segments.find(
      ({ kind, address: start, size }) => kind === LOAD && address >= start && address < start + size,
    );
    if (segment === undefined) throw new Error(`nothing is loaded at ${address}`);
    return address - segment.address + segment.offset;
  };

  const dynamic = find(DYNAMIC);
  const entries = Array.from({ length: dynamic.size / 16 }, (_, index) => {
    const at = dynamic.offset + index * 16;
    return { tag: u64(at), value: u64(at + 8) };
  });
  const entryOf = (wanted: number) => entries.find(({ tag }) => tag === wanted)?.value ?? 0;
  const strings = offsetOf(entryOf(STRING_TABLE));
  const versions = textAt(strings, strings + entryOf(STRING_SIZE)).matchAll(/\0GLIBC_(2[\d.]+)(?=\0)/g);
  return {
    machine: view.getUint16(18, true),
    interpreter: textAt(find(INTERPRETER).offset),
    needed: entries.filter(({ tag }) => tag === NEEDED).map(({ value }) => textAt(strings + value)),
    glibc: [...versions]
      .map(([, version = ""]) => version)
      .toSorted(Bun.semver.order)
      .at(-1),
  };
}
