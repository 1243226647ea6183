/** Reading at once: what a completion needs between two keys, without the threads that other ways of reading start. */
import { errorCode, Failure, reasonOf } from "../../lib/errors.ts";
import { readReplaced, writtenAt } from "./read-file.ts";

/**
 * The file's text; undefined when there is no such file, or when reading it could disturb another program (a pipe). A file
 * that another program shortens at the same instant ends this process. Throws a Failure that names the file.
 */
export function readNow(path: string): string | undefined {
  const mapped = readReplaced(path);
  if (mapped !== undefined || writtenAt(path) === undefined) return mapped;
  // The file is empty or read-only, or its file system or platform (Windows) has no maps. `node:fs` costs half a start.
  const { readFileSync, statSync } = process.getBuiltinModule("node:fs");
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch (error) {
    throw new Failure("failed", `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The names of the files in the folder, hidden ones aside; none without such a folder. `Bun.Glob` costs an eighth of a start. */
export function namesIn(folder: string): readonly string[] {
  if (writtenAt(folder) === undefined) return [];
  try {
    return [...new Bun.Glob("*").scanSync({ cwd: folder })];
  } catch (error) {
    if (errorCode(error) === "ENOTDIR") return [];
    throw new Failure("failed", `cannot look into ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}
