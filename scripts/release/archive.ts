/** The archive that a person downloads. */
import type { Entry } from "./entry.ts";
import type { Source } from "./source.ts";
import { tarGz } from "./tar.ts";
import type { Target } from "./targets.ts";
import { zip } from "./zip.ts";

export interface Archive {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The executable and the documents in one folder, which has the archive's name. */
export function archive(
  target: Pick<Target, "name" | "executable" | "archive">,
  { version, time }: Pick<Source, "version" | "time">,
  executable: Uint8Array,
  documents: readonly Entry[],
): Archive {
  const folder = `aws-login-${version}-${target.name}`;
  const entries = [{ path: target.executable, isExecutable: true, bytes: executable }, ...documents]
    .map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const pack = target.archive === "zip" ? zip : tarGz;
  return { name: `${folder}.${target.archive}`, bytes: pack(entries, time) };
}
