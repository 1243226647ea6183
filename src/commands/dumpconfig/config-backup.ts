/** Copies the config file before a merge replaces it. */
import { folderOf } from "../../lib/private-file.ts";
import type { System } from "../../system/types.ts";

type FileSystem = Pick<System, "now" | "readBytes" | "copyFile" | "listFolder">;

export interface Backup {
  readonly path: string;
  /** False for a copy that an earlier run made. */
  readonly isNew: boolean;
}

/**
 * Copies the file, whose text is `text`, to `config.<UTC time>.bak`; a second one of the same second gets a number. The
 * latest copy serves when it has that text already: runs that are killed, or find the disk full, leave no more than one.
 * The copy is next to the path that the user knows, which may be a link. Rejects with the system's error.
 */
export async function keepBackup(path: string, text: string, system: FileSystem): Promise<Backup> {
  const latest = await latestBackup(path, system);
  if (latest?.text === text) return { path: latest.path, isNew: false };
  const time = new Date(system.now()).toISOString().replace(/[-:]|\.\d+/g, "");
  for (let number = 1; ; number++) {
    const backup = `${path}.${time}${number === 1 ? "" : `-${number}`}.bak`;
    if (await system.copyFile(path, backup)) return { path: backup, isNew: true };
  }
}

/** Undefined too where the folder cannot be listed: then a new copy is made. */
async function latestBackup(
  path: string,
  system: FileSystem,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const start = `${path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)}.`;
  try {
    const latest = (await system.listFolder(folderOf(path)))
      .filter((name) => name.startsWith(start))
      .map((name) => /^(\d{8}T\d{6}Z)(?:-(\d+))?\.bak$/.exec(name.slice(start.length)))
      .filter((match) => match !== null)
      .map(([ending, time = "", number = "1"]) => ({ ending, order: time + number.padStart(9, "0") }))
      .toSorted((one, other) => (one.order < other.order ? -1 : 1))
      .at(-1);
    const bytes = latest && (await system.readBytes(`${path}.${latest.ending}`));
    if (latest === undefined || bytes === undefined) return undefined;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { path: `${path}.${latest.ending}`, text };
  } catch {
    return undefined;
  }
}
