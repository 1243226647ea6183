/** The words of a text that a person typed: what stands between blanks. Pure. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
