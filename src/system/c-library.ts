/** Calls functions of the C library that the runtime does not offer. Loading `bun:ffi` costs about two milliseconds. */
import { dlopen, type FFIFunction, type Library } from "bun:ffi";

/** The names of the C library: of glibc, of musl, of macOS. */
const NAMES = ["libc.so.6", `libc.musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`, "libc.so"];
const NAMES_ON_MAC = ["libSystem.B.dylib"];

/** Undefined where the library cannot be loaded under any name, or a hardened kernel forbids making machine code. */
export function loadCLibrary<const T extends Record<string, FFIFunction>>(
  functions: T,
): Library<T>["symbols"] | undefined {
  for (const name of process.platform === "darwin" ? NAMES_ON_MAC : NAMES) {
    try {
      return dlopen(name, functions).symbols;
    } catch {
      // This system may have the library under the next name.
    }
  }
  return undefined;
}
