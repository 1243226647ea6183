/**
 * A pipe that the program keeps which takes this process's place. The C library makes it and starts the program, because
 * the runtime's own `execve` closes every descriptor but the three streams.
 */
import { ptr } from "bun:ffi";
import { closeSync, fstatSync } from "node:fs";
import { loadCLibrary } from "../c-library.ts";
import type { Environment } from "../types.ts";

/** A descriptor of each end. */
export interface InheritablePipe {
  readonly readEnd: number;
  /** Stays open when `replaceKeepingPipes()` gives this process's place to another program. */
  readonly writeEnd: number;
}

/**
 * bash keeps 255 for itself, and scripts use the low ones. The lowest limit of descriptors that a system sets is macOS's
 * of 256.
 */
const highest = 250;
const lowest = 20;

const symbols = {
  pipe: { args: ["ptr"], returns: "int" },
  // Not `fcntl`: a function whose arguments vary in number is called in another way on some processors.
  dup2: { args: ["int", "int"], returns: "int" },
  execve: { args: ["ptr", "ptr", "ptr"], returns: "int" },
} as const;

/** Undefined where the C library cannot be loaded, or no descriptor is free. */
export function inheritablePipe(): InheritablePipe | undefined {
  const libc = loadCLibrary(symbols);
  const descriptors = new Int32Array(2);
  if (libc === undefined || libc.pipe(descriptors) !== 0) return undefined;
  const [readEnd = -1, lowEnd = -1] = descriptors;
  for (let number = highest; number >= lowest; number--) {
    if (isOpen(number) || libc.dup2(lowEnd, number) !== number) continue;
    closeSync(lowEnd);
    return { readEnd, writeEnd: number };
  }
  return { readEnd, writeEnd: lowEnd };
}

/**
 * Gives this process's place to the program, with every descriptor that was made to be inherited; the system closes the
 * runtime's own. Returns when that fails, for whatever reason.
 */
export function replaceKeepingPipes(path: string, argv: readonly string[], env: Environment): void {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  // A NUL would cut the text off.
  if ([path, ...argv, ...variables].some((text) => text.includes("\0"))) return;
  const file = bytesOf(path);
  const [words, settings] = [argv.map(bytesOf), variables.map(bytesOf)];
  loadCLibrary(symbols)?.execve(file, pointersTo(words), pointersTo(settings));
  // They must not be collected before.
  words.length = settings.length = 0;
}

function isOpen(descriptor: number): boolean {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

/** The array of pointers ends with a null one. */
function pointersTo(texts: readonly Uint8Array[]): BigUint64Array {
  return BigUint64Array.from([...texts.map((text) => BigInt(ptr(text))), 0n]);
}
