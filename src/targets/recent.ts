/** What was chosen lately, in the program's own folder. */
import { Failure } from "../lib/errors.ts";
import { readFields, textListField } from "../lib/json-object.ts";
import {
  checkOwnFolder,
  type FileAccess,
  readOwnFile,
  restrictOwnFolder,
  writeOwnFile,
} from "../lib/private-file.ts";
import { type Candidate, sortKey } from "./candidate.ts";

/** Choices that are remembered: more than are shown, so that one that is not there for a while comes back. */
const REMEMBERED = 20;

function recentPath(folder: string): string {
  return `${folder}/recent.json`;
}

/** The sort keys of the choices, the latest first. A file that cannot be read counts as none; `trace` is told. */
export async function recentChoices(
  system: Pick<FileAccess, "readOwn" | "checkFolder">,
  folder: string | undefined,
  trace: (line: string) => void,
): Promise<readonly string[]> {
  if (folder === undefined) return [];
  try {
    await checkOwnFolder(system, folder);
    const fields = readFields((await readOwnFile(system, recentPath(folder))) ?? "{}");
    return (fields && textListField(fields, "recent")) ?? [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    trace(`no recent choices: ${error.message}`);
    return [];
  }
}

/** Puts the choice first. Of two processes that do so at once, the choice of one may be lost. */
export async function rememberChoice(
  candidate: Candidate,
  system: FileAccess,
  folder: string | undefined,
  trace: (line: string) => void,
): Promise<void> {
  if (folder === undefined) return;
  const before = await recentChoices(system, folder, trace);
  const key = sortKey(candidate);
  if (before[0] === key) return;
  const recent = [key, ...before.filter((other) => other !== key)].slice(0, REMEMBERED);
  try {
    await restrictOwnFolder(system, folder);
    await writeOwnFile(system, recentPath(folder), `${JSON.stringify({ recent })}\n`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    trace(`the choice is not remembered: ${error.message}`);
  }
}
