/** A header structure of rpm's package format, version 4: an index of tags and the store with their values. */
import { joined } from "./bytes.ts";

/** A tag's value in one of the types that the packages need; `names` is a list of texts. */
export type RpmValue =
  | { readonly type: "int16" | "int32"; readonly values: readonly number[] }
  | { readonly type: "text" | "bytes"; readonly value: string | Uint8Array }
  | { readonly type: "names" | "translated"; readonly values: readonly string[] };

const TYPES = { int16: 3, int32: 4, text: 6, bytes: 7, names: 8, translated: 9 } as const;

/** Each type begins at a multiple of its size. */
const ALIGNMENT: Readonly<Partial<Record<RpmValue["type"], number>>> = { int16: 2, int32: 4 };

const INDEX_ENTRY = 16;

/** Tags of the region that a header's checksum covers, in the signature and in the main header. */
export type Region = 62 | 63;

/** The bytes of a header with these tags in ascending order, all of them in one region. */
export function rpmHeader(region: Region, tags: ReadonlyMap<number, RpmValue>): Uint8Array<ArrayBuffer> {
  const entries: Uint8Array[] = [];
  const store: Uint8Array[] = [];
  let at = 0;
  for (const [tag, value] of [...tags].toSorted(([a], [b]) => a - b)) {
    const { bytes, count } = stored(value);
    const alignment = ALIGNMENT[value.type] ?? 1;
    const gap = (alignment - (at % alignment)) % alignment;
    store.push(new Uint8Array(gap), bytes);
    entries.push(words([tag, TYPES[value.type], at + gap, count]));
    at += gap + bytes.length;
  }
  // The region's own entry leads to its trailer at the end of the store, and the trailer back over all entries.
  const count = entries.length + 1;
  const trailer = words([region, TYPES.bytes, -count * INDEX_ENTRY, INDEX_ENTRY]);
  const own = words([region, TYPES.bytes, at, INDEX_ENTRY]);
  const intro = words([0x8eade801, 0, count, at + INDEX_ENTRY]);
  return joined([intro, own, ...entries, ...store, trailer]);
}

function stored(value: RpmValue): { readonly bytes: Uint8Array; readonly count: number } {
  const encoder = new TextEncoder();
  switch (value.type) {
    case "int16": {
      const view = new DataView(new ArrayBuffer(value.values.length * 2));
      for (const [index, one] of value.values.entries()) view.setUint16(index * 2, one);
      return { bytes: new Uint8Array(view.buffer), count: value.values.length };
    }
    case "int32":
      return { bytes: words(value.values), count: value.values.length };
    case "bytes":
    case "text": {
      const bytes = typeof value.value === "string" ? encoder.encode(`${value.value}\0`) : value.value;
      return { bytes, count: value.type === "text" ? 1 : bytes.length };
    }
    case "names":
    case "translated": {
      const bytes = encoder.encode(value.values.map((one) => `${one}\0`).join(""));
      return { bytes, count: value.values.length };
    }
  }
}

/** 32-bit numbers, big endian. */
export function words(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value);
  return new Uint8Array(view.buffer);
}
