/** The text of a stream whose writer may never end. */

interface PartReader {
  /** The end has no value. */
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
}

/** UTF-8. Undefined, after a call of `giveUp`, when there is more of it than `longest` bytes. */
export async function gatheredText(
  reader: PartReader,
  longest: number,
  giveUp: () => void,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
    size += value.byteLength;
    if (size > longest) {
      giveUp();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}
