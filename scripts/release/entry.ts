/** A file or a folder of an archive. */
export interface Entry {
  /** With `/`, and without one in front. A folder's path ends with one. */
  readonly path: string;
  /** Of its permission bits only the right to execute is kept. */
  readonly isExecutable?: boolean;
  readonly bytes: Uint8Array;
}

/** The mode: the owner may write, all users may read. */
export function modeOf(entry: Entry): number {
  return entry.isExecutable || isFolder(entry) ? 0o755 : 0o644;
}

export function isFolder({ path }: Entry): boolean {
  return path.endsWith("/");
}

/** The folders that the files are in, each before what it holds. */
export function foldersOf(entries: readonly Entry[]): Entry[] {
  const paths = entries.flatMap(({ path }) =>
    [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1)),
  );
  return [...new Set(paths)].toSorted().map((path) => ({ path, bytes: new Uint8Array() }));
}

const encoder = new TextEncoder();

export function textEntry(path: string, text: string): Entry {
  return { path, bytes: encoder.encode(text) };
}
