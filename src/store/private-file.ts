/** Files that only their owner may read, with errors that name them. */
import { Failure } from "../errors.ts";
import type { System } from "../system.ts";

export type FileAccess = Pick<
  System,
  "readText" | "replaceFile" | "removeFile" | "listFolder" | "makeFolder" | "narrowFolder"
>;

/** Undefined when there is no such file. */
export async function readPrivate(
  system: Pick<System, "readText">,
  path: string,
): Promise<string | undefined> {
  return named(`read ${path}`, () => system.readText(path));
}

/** Readers see the old content or the new, whole. The folder, and those above it, are made when they are missing. */
export async function writePrivate(
  system: Pick<System, "makeFolder" | "replaceFile">,
  path: string,
  text: string,
): Promise<void> {
  await named(`write ${path}`, async () => {
    await system.makeFolder(folderOf(path));
    await system.replaceFile(path, text);
  });
}

/** Makes the folder when it is missing, and shuts others out of it. */
export async function narrowPrivate(system: Pick<System, "narrowFolder">, path: string): Promise<void> {
  await named(`make the folder ${path} private`, () => system.narrowFolder(path));
}

/** Does nothing when there is no such file. */
export async function removePrivate(system: Pick<System, "removeFile">, path: string): Promise<void> {
  await named(`remove ${path}`, () => system.removeFile(path));
}

export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end <= 0 ? path.slice(0, end + 1) || "." : path.slice(0, end);
}

async function named<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure("failed", `cannot ${doing}: ${why}`, { cause: error });
  }
}
