/** The text of a stream whose writer may never end. */

interface PartReader {
  /** The end has no value. */
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
}

export interface CollectedText {
  /** Resolves at the end of the stream, or when it grew too long; rejects when reading fails. */
  readonly complete: Promise<void>;
  /** Bytes read so far. */
  size(): number;
  /** What was read so far, as UTF-8; undefined once the stream was longer than its bound. */
  text(): string | undefined;
}

/** Reads until the end, or until there are more than `longest` bytes: then `giveUp` is called. */
export function collectText(reader: PartReader, longest: number, giveUp: () => void): CollectedText {
  const parts: Uint8Array[] = [];
  let size = 0;
  const readAll = async () => {
    for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
      size += value.byteLength;
      if (size > longest) return giveUp();
      parts.push(value);
    }
  };
  const complete = readAll();
  // The caller may wait for something else first: until it asks, an error is not an unhandled one.
  complete.catch(() => {});
  return {
    complete,
    size: () => size,
    text: () => (size > longest ? undefined : new TextDecoder().decode(Buffer.concat(parts))),
  };
}

/** All of the stream as UTF-8. Undefined, after a call of `giveUp`, when there is more of it than `longest` bytes. */
export async function gatheredText(
  reader: PartReader,
  longest: number,
  giveUp: () => void,
): Promise<string | undefined> {
  const collected = collectText(reader, longest, giveUp);
  await collected.complete;
  return collected.text();
}
