/** A file of an archive. */
export interface Entry {
  /** With `/`, and without one in front. */
  readonly path: string;
  /** Of its permission bits only the right to execute is kept. */
  readonly isExecutable?: boolean;
  readonly bytes: Uint8Array;
}

/** The file's mode: its owner may write it, all users may read it. */
export function modeOf({ isExecutable }: Entry): number {
  return isExecutable ? 0o755 : 0o644;
}

const encoder = new TextEncoder();

export function textEntry(path: string, text: string): Entry {
  return { path, bytes: encoder.encode(text) };
}
