/** The cached credentials, for a person who wants to know what there is. Off the fast path. */
import { type FileAccess, listPrivate, readOwnFile } from "../../lib/private-file.ts";
import { entryFacts } from "./entry.ts";
import { credentialFolder } from "./read.ts";
import { parseCached } from "./serialize.ts";

export interface StoredSession {
  readonly principal: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** By principal. An entry that holds no credentials is left out. Throws a Failure that names a file that cannot be read. */
export async function storedSessions(
  system: Pick<FileAccess, "listFolder" | "readOwn">,
  folder: string,
): Promise<readonly StoredSession[]> {
  const found: StoredSession[] = [];
  for (const name of await listPrivate(system, credentialFolder(folder))) {
    const text = await readOwnFile(system, `${credentialFolder(folder)}/${name}`);
    const cached = text === undefined ? undefined : entryFacts(text)?.cached;
    const acquired = cached && parseCached(cached);
    if (cached !== undefined && acquired !== undefined)
      found.push({ principal: acquired.principal, expires: cached.expires });
  }
  return found.toSorted((one, other) => (one.principal < other.principal ? -1 : 1));
}
