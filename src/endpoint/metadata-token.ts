/** The session tokens of instance metadata, which need no memory: each tells its own end, and a key signs it. */
import { equalInConstantTime } from "../lib/constant-time.ts";

/** Seconds, as EC2 has it. */
export const longestToken = 21_600;

/** `expires` in milliseconds since the epoch. */
export function issueToken(key: Uint8Array, expires: number): string {
  return `${expires}-${signature(key, expires)}`;
}

export function isValidToken(token: string, key: Uint8Array, now: number): boolean {
  const [, expires, signed = ""] = /^(\d{1,16})-([0-9a-f]{64})$/.exec(token) ?? [];
  if (expires === undefined) return false;
  return equalInConstantTime(signed, signature(key, Number(expires))) && now < Number(expires);
}

/** The seconds that a token is asked for; undefined for what EC2 refuses. */
export function tokenLife(header: string | undefined): number | undefined {
  const seconds = /^\d{1,5}$/.test(header ?? "") ? Number(header) : 0;
  return seconds >= 1 && seconds <= longestToken ? seconds : undefined;
}

function signature(key: Uint8Array, expires: number): string {
  return new Bun.CryptoHasher("sha256", key).update(`${expires}`).digest("hex");
}
