/** Reads a stream whose writer may never end. */

interface PartReader {
  /** `value` is undefined at the end. */
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
}

export interface CollectedText {
  /** Resolves at the end of the stream, or when it is longer than its bound; rejects when reading fails. */
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
  // The caller may wait for other work first. Until it awaits this, the runtime must not report an unhandled rejection.
  complete.catch(() => {});
  return {
    complete,
    size: () => size,
    text: () => (size > longest ? undefined : new TextDecoder().decode(Buffer.concat(parts))),
  };
}

/** All of the stream as UTF-8. Undefined, after a call of `giveUp`, when it is longer than `longest` bytes. */
export async function gatheredText(
  reader: PartReader,
  longest: number,
  giveUp: () => void,
): Promise<string | undefined> {
  const collected = collectText(reader, longest, giveUp);
  await collected.complete;
  return collected.text();
}
