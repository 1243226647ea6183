import { createHmac } from "node:crypto";

/** The length of a code's window, in milliseconds. */
export const MFA_WINDOW = 30_000;

/** The six digits a virtual MFA device shows in the window `step` (RFC 6238; a window is 30 seconds). */
export function mfaCode(seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", seed).update(counter).digest();
  const offset = (hash[hash.length - 1] ?? 0) & 0x0f;
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
