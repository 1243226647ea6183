/** What a Mach-O file (64 bits) says about itself. After Apple's `mach-o/loader.h` and xnu's `kern/cs_blobs.h`. */
import { createHash } from "node:crypto";

export interface MachO {
  readonly machine: number;
  /** How the file ends: with its segments, and its signature. */
  readonly ends: { readonly file: number; readonly segments: number; readonly signature: number };
  readonly signature: Signature;
}

export interface Signature {
  readonly identifier: string;
  /** The ad hoc signature, which names no signer. */
  readonly isAdHoc: boolean;
  /** Where what it covers ends, and where it begins itself. */
  readonly covered: number;
  readonly start: number;
  /** The pages whose content has another hash than the signature says. */
  readonly wrongPages: readonly number[];
}

export const MACHINES = { x64: 0x01000007, arm64: 0x0100000c } as const;

export function readMachO(bytes: Uint8Array): MachO {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0xfeedfacf) throw new Error("this is no 64-bit Mach-O file");
  let segments = 0;
  let [start, size] = [0, 0];
  let at = 32;
  for (let left = view.getUint32(16, true); left > 0; left--) {
    const command = view.getUint32(at, true);
    if (command === 0x19) {
      const end = view.getBigUint64(at + 40, true) + view.getBigUint64(at + 48, true);
      segments = Math.max(segments, Number(end));
    } else if (command === 0x1d) {
      [start, size] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    }
    at += view.getUint32(at + 4, true);
  }
  return {
    machine: view.getUint32(4, true),
    ends: { file: bytes.length, segments, signature: start + size },
    signature: readSignature(bytes, view, start),
  };
}

function readSignature(bytes: Uint8Array, view: DataView, start: number): Signature {
  if (view.getUint32(start) !== 0xfade0cc0)
    throw new Error("there is no signature where there should be one");
  const blobs = Array.from({ length: view.getUint32(start + 8) }, (_, index) => ({
    kind: view.getUint32(start + 12 + index * 8),
    at: start + view.getUint32(start + 16 + index * 8),
  }));
  const directory = blobs.find(({ kind }) => kind === 0)?.at;
  if (directory === undefined) throw new Error("the signature has no code directory");
  const field = (offset: number) => view.getUint32(directory + offset);
  const covered = field(32);
  const page = 2 ** view.getUint8(directory + 39);
  const hashSize = view.getUint8(directory + 36);
  const wrongPages = Array.from({ length: field(28) }, (_, index) => index).filter((index) => {
    const content = bytes.subarray(index * page, Math.min((index + 1) * page, covered));
    const hash = directory + field(16) + index * hashSize;
    return !createHash("sha256")
      .update(content)
      .digest()
      .equals(bytes.subarray(hash, hash + hashSize));
  });
  const name = directory + field(20);
  return {
    identifier: new TextDecoder().decode(bytes.subarray(name, bytes.indexOf(0, name))),
    isAdHoc: (field(12) & 2) !== 0 && blobs.every(({ kind }) => kind !== 0x10000),
    covered,
    start,
    // Were a page missing, it would be covered by nothing.
    wrongPages: field(28) * page >= covered ? wrongPages : [field(28), ...wrongPages],
  };
}
