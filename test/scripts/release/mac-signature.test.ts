import { expect, test } from "bun:test";
import { signed } from "../../../scripts/release/mac-signature.ts";
import { MACHINES, readMachO } from "../../release/support/mach-o.ts";

/** Where the signature begins in the file below. */
const SIGNATURE = 3 * 4096 + 160;

/** A Mach-O file with the load commands that matter, and an old signature of so many bytes. */
function executable(machine: number, oldSignature: number): Uint8Array {
  const bytes = new Uint8Array(SIGNATURE + oldSignature).map((_, index) => (index * 7) % 251);
  const view = new DataView(bytes.buffer);
  const segment = (at: number, name: string, offset: number, size: number) => {
    view.setUint32(at, 0x19, true);
    view.setUint32(at + 4, 72, true);
    bytes.fill(0, at + 8, at + 72);
    bytes.set(new TextEncoder().encode(name), at + 8);
    view.setBigUint64(at + 40, BigInt(offset), true);
    view.setBigUint64(at + 48, BigInt(size), true);
  };
  for (const [at, value] of [0xfeedfacf, machine, 0, 2, 3, 160, 0, 0].entries())
    view.setUint32(4 * at, value, true);
  segment(32, "__TEXT", 0, 8192);
  segment(104, "__LINKEDIT", 8192, SIGNATURE + oldSignature - 8192);
  for (const [at, value] of [0x1d, 16, SIGNATURE, oldSignature].entries())
    view.setUint32(176 + 4 * at, value, true);
  return bytes;
}

for (const [name, machine] of Object.entries(MACHINES)) {
  for (const oldSignature of [64, 9000]) {
    test(`signed() covers every page of an ${name} file whose old signature has ${oldSignature} bytes`, () => {
      const bytes = signed(executable(machine, oldSignature));
      const length = SIGNATURE + 20 + 88 + 10 + 4 * 32;
      expect(readMachO(bytes)).toEqual({
        machine,
        ends: { file: length, segments: length, signature: length },
        signature: {
          identifier: "aws-login",
          isAdHoc: true,
          covered: SIGNATURE,
          start: SIGNATURE,
          wrongPages: [],
        },
      });
    });
  }
}

test("signed() changes nothing but the load commands' sizes and the signature", () => {
  const before = executable(MACHINES.x64, 64);
  const after = signed(before);
  expect(after.subarray(200, SIGNATURE)).toEqual(Uint8Array.from(before.subarray(200, SIGNATURE)));
});

test("signed() of what it signed is the same", () => {
  const once = signed(executable(MACHINES.arm64, 64));
  expect(signed(once)).toEqual(once);
});

test("a page that is not as it was signed is found", () => {
  const bytes = signed(executable(MACHINES.arm64, 64));
  bytes[2 * 4096 + 5] = 0;
  expect(readMachO(bytes).signature.wrongPages).toEqual([2]);
});

test("signed() refuses a file that is not Mach-O, and one without room for a signature", () => {
  expect(() => signed(new Uint8Array(64))).toThrow("this is no 64-bit Mach-O file");
  const bytes = executable(MACHINES.x64, 64);
  new DataView(bytes.buffer).setUint32(16, 2, true);
  expect(() => signed(bytes)).toThrow("the Mach-O file has no place for a signature");
});
