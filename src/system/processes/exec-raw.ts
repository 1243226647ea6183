import { ptr, read } from "bun:ffi";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { loadCLibrary } from "../c-library.ts";
import type { Environment } from "../types.ts";
import { mayHaveLostBytes, rawArguments, rawEnvironment, splitAtNul } from "./raw-words.ts";

/**
 * Replaces this process as `process.execve` does, but hands arguments and variables on in the bytes that they came in
 * (Linux). `argv` are the last of this process's own words. The function returns the code of the error when it fails.
 * Undefined where the bytes are unknown or the C library cannot be loaded.
 */
export function rawReplacer(
  argv: readonly string[],
  env: Environment,
): ((path: string, script?: string) => string) | undefined {
  const words = rawArguments(argv, splitAtNul(readFileSync("/proc/self/cmdline")));
  const library = loadCLibrary({
    execve: { args: ["ptr", "ptr", "ptr"], returns: "int" },
    __errno_location: { args: [], returns: "ptr" },
  });
  const [program] = words ?? (mayHaveLostBytes(argv) ? [] : argv.map(encoded));
  if (program === undefined || library === undefined) return undefined;
  const [, ...rest] = words ?? argv.map(encoded);
  const entries = pointerList(rawEnvironment(env, splitAtNul(readFileSync("/proc/self/environ"))));
  return (path, script) => {
    const file = rawPath(script ?? path, argv[0] ?? "", program);
    // A folder of PATH whose name lost bytes cannot be searched.
    if (file === undefined) return "ENOENT";
    const list = script === undefined ? [program, ...rest] : [encoded(path), file, ...rest];
    const interpreter = script === undefined ? file : encoded(path);
    library.execve(ptr(pinned(withNul(interpreter))), ptr(pointerList(list)), ptr(entries));
    const at = library.__errno_location();
    return codeOf(at === null ? 0 : read.i32(at, 0));
  };
}

/** The bytes of a path at which a program is looked for; the path ends in the program's name. */
function rawPath(path: string, name: string, rawName: Uint8Array): Uint8Array | undefined {
  if (!mayHaveLostBytes([path])) return encoded(path);
  const folder = path.slice(0, path.length - name.length);
  return mayHaveLostBytes([folder]) ? undefined : Buffer.concat([encoded(folder), rawName]);
}

/** The form in which execve(2) takes lists: a pointer to each string, then a null pointer. */
function pointerList(texts: readonly Uint8Array[]): BigUint64Array {
  const addresses = texts.map((text) => BigInt(ptr(pinned(withNul(text)))));
  return pinned(BigUint64Array.from([...addresses, 0n]));
}

/** Keeps memory alive that the system reads through pointers, which the garbage collector does not see. */
const inUse: unknown[] = [];

function pinned<T>(memory: T): T {
  inUse.push(memory);
  return memory;
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function withNul(bytes: Uint8Array): Uint8Array {
  const terminated = new Uint8Array(bytes.byteLength + 1);
  terminated.set(bytes);
  return terminated;
}

function codeOf(number: number): string {
  const found = Object.entries(constants.errno).find(([, errno]) => errno === number);
  return found?.[0] ?? `error ${number}`;
}
