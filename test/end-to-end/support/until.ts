/** Looks again and again until there is something to see. The test's own time limit ends a search in vain. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await Bun.sleep(2);
  }
}

/** The text of a file, or undefined when there is none. */
export async function textOfFile(path: string): Promise<string | undefined> {
  const file = Bun.file(path);
  return (await file.exists()) ? await file.text() : undefined;
}

/** What a shell's `echo` wrote to the file; undefined as long as the whole line is not there. */
export async function lineOfFile(path: string): Promise<string | undefined> {
  const text = await textOfFile(path);
  return text?.endsWith("\n") ? text.trim() : undefined;
}
