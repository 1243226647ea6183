/** Deciphers what a password protects, with the Failures for a wrong password and for a form that is not supported. */
import { type DerElement, derSmallInteger } from "../../../lib/der.ts";
import { errorCode, Failure } from "../../../lib/errors.ts";

export type Crypto = typeof import("node:crypto");

/** More rounds than any tool writes; a file must not be able to keep the program busy for minutes. */
const mostIterations = 10_000_000;

/** Throws the Failure of a wrong password where the padding does not fit. */
export function decrypt(
  crypto: Crypto,
  cipher: string,
  key: Uint8Array,
  initialVector: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  try {
    const decipher = crypto.createDecipheriv(cipher, key, initialVector);
    return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
  } catch (error) {
    if (/UNSUPPORTED|UNKNOWN_CIPHER/.test(errorCode(error))) throw unsupported(`the cipher ${cipher}`);
    throw wrongPassword(error);
  }
}

export function wrongPassword(cause?: unknown): Failure {
  return new Failure("failed", "its password is wrong", {
    hints: ["give the right one with --private-key-password-file FILE, or type it when asked"],
    cause,
  });
}

/** The Failure for a form that this program does not read, with the command that converts the key. */
export function unsupported(what: string): Failure {
  return new Failure("failed", `${what} is not supported`, {
    hints: [
      "convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in KEY -out NEW-KEY",
    ],
  });
}

/** The number of iterations that `scheme` asks for. Throws a Failure for one that no tool writes. */
export function checkedIterations(element: DerElement | undefined, scheme: string): number {
  const iterations = derSmallInteger(element);
  if (iterations >= 1 && iterations <= mostIterations) return iterations;
  throw unsupported(`${scheme} with ${iterations} iterations`);
}
