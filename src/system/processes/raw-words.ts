/**
 * The bytes of arguments and variables as this process got them. The runtime decodes them as UTF-8 and replaces bytes that
 * are not UTF-8 by U+FFFD: a path that is handed on in that form names another file. Pure.
 */

/** The character by which decoding replaces lost bytes. */
const LOST = "\ufffd";

/** Whether decoding may have lost bytes of any of these. */
export function mayHaveLostBytes(texts: Iterable<string>): boolean {
  for (const text of texts) if (text.includes(LOST)) return true;
  return false;
}

/** The strings in a list that ends each with NUL, as `/proc/self/cmdline` and `/proc/self/environ` have it. */
export function splitAtNul(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}

/**
 * The bytes of `argv`, which are the last of the process's own words. Undefined when the process's last words are others:
 * the lost bytes are then unknown.
 */
export function rawArguments(
  argv: readonly string[],
  words: readonly Uint8Array[],
): readonly Uint8Array[] | undefined {
  const last = words.slice(words.length - argv.length);
  return last.length === argv.length && last.every((word, index) => decodesTo(word, argv[index] ?? ""))
    ? last
    : undefined;
}

/**
 * The entries `NAME=VALUE` of `env`. An entry that the process got, and that is in `env` with the same text, has its
 * original bytes.
 */
export function rawEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  entries: readonly Uint8Array[],
): readonly Uint8Array[] {
  const left = new Map(Object.entries(env));
  const taken = new Set<string>();
  const raw: Uint8Array[] = [];
  for (const entry of entries) {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(entry);
    const equals = text.indexOf("=", 1);
    const name = text.slice(0, equals);
    // The runtime knows one of two names that decode alike; programs read the first of two equal names.
    const isNew = name.includes(LOST) || !taken.has(name);
    const value = env[name];
    if (equals < 0 || value === undefined || !isNew) continue;
    if (!name.includes(LOST) && !decodesTo(entry, `${name}=${value}`)) continue;
    raw.push(entry);
    taken.add(name);
    left.delete(name);
  }
  const encoder = new TextEncoder();
  for (const [name, value] of left) if (value !== undefined) raw.push(encoder.encode(`${name}=${value}`));
  return raw;
}

/** Decoders differ in how many U+FFFD stand for a sequence of lost bytes. */
function decodesTo(bytes: Uint8Array, text: string): boolean {
  const once = (decoded: string) => decoded.replace(/\ufffd+/g, LOST);
  return once(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)) === once(text);
}
