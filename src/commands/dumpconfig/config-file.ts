/** The AWS config file as a file that `dumpconfig --write` changes. */

import { type IniFile, parseIni } from "../../config/ini.ts";
import { longestConfig } from "../../config/load.ts";
import { type Merge, mergeSections } from "../../config/merge-profiles.ts";
import { homeDirectory, ownFolderPath, sharedFilePaths } from "../../config/paths.ts";
import type { WantedSection } from "../../config/section-text.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { fileLock } from "../../lib/lock.ts";
import { folderOf } from "../../lib/private-file.ts";
import type { System } from "../../system/types.ts";
import { keepBackup } from "./config-backup.ts";

type FileSystem = Pick<
  System,
  | "env"
  | "home"
  | "now"
  | "readText"
  | "readBytes"
  | "replaceFile"
  | "copyFile"
  | "listFolder"
  | "removeFile"
  | "makeFolder"
  | "checkFolder"
  | "withLock"
>;

export interface ConfigFile {
  readonly path: string;
  /**
   * Puts the sections into the file. Nothing is written when nothing has to change; otherwise the old file is kept
   * beside the new one under the name that is returned. Throws a Failure, and nothing is changed then.
   */
  merge(sections: readonly WantedSection[]): Promise<Merge & { readonly backup: string | undefined }>;
}

/** Milliseconds for another run that writes the same file. */
const lockWait = 10_000;

/** Throws a Failure when there can be no such file, or when what is there cannot be merged into. */
export async function openConfigFile(system: FileSystem, trace: (line: string) => void): Promise<ConfigFile> {
  const home = await homeDirectory(system);
  const { config, credentials } = sharedFilePaths(system.env, home);
  const { path, variable } = config;
  if (path === undefined) {
    throw variable === undefined
      ? new Failure("failed", "cannot write the config file: no home directory is known", {
          hints: ["set HOME, or name the file in AWS_CONFIG_FILE"],
        })
      : new Failure("failed", `cannot write the config file: ${variable} is empty`, {
          hints: [`name the file in ${variable}, or unset it`],
        });
  }
  mergeSections((await readConfig(path, system)) ?? "", path, []);
  const lock = fileLock(system, ownFolderPath(system.env, home), `config file ${path}`, trace);
  return {
    path,
    merge: async (sections) => {
      const locked = await lock(lockWait, () => mergeInto(path, credentials.path, sections, system));
      if (locked.kind === "done") return locked.value;
      throw new Failure("failed", `cannot write ${path}: another aws-login is writing it`, {
        hints: ["run the command again when the other one has ended"],
      });
    },
  };
}

async function mergeInto(
  path: string,
  credentialsPath: string | undefined,
  sections: readonly WantedSection[],
  system: FileSystem,
): Promise<Merge & { readonly backup: string | undefined }> {
  const before = await readConfig(path, system);
  const credentials = await readCredentials(credentialsPath, system);
  const merge = mergeSections(before ?? "", path, sections, credentials);
  if (merge.text === before) return { ...merge, backup: undefined };
  try {
    if (before === undefined) await system.makeFolder(folderOf(path));
    const backup = before === undefined ? undefined : await keepBackup(path, before, system);
    try {
      await system.replaceFile(path, merge.text, "preserve");
    } catch (error) {
      // Nothing has changed, and the room may be wanted.
      if (backup?.isNew) await system.removeFile(backup.path).catch(() => {});
      throw error;
    }
    return { ...merge, backup: backup?.path };
  } catch (error) {
    throw unwritten(path, error);
  }
}

/** Undefined when there is no credentials file. */
async function readCredentials(path: string | undefined, system: FileSystem): Promise<IniFile | undefined> {
  if (path === undefined) return undefined;
  try {
    const text = await system.readText(path, longestConfig);
    return text === undefined ? undefined : parseIni(text, path);
  } catch (error) {
    throw new Failure("failed", `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The text byte for byte; what is no text cannot be put back as it was. */
async function readConfig(path: string, system: FileSystem): Promise<string | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await system.readBytes(path);
  } catch (error) {
    throw new Failure("failed", `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Failure("failed", `cannot write ${path}: it is not UTF-8 text`, {
      hints: ["save it as UTF-8, or print the profiles: dumpconfig without --write"],
      cause: error,
    });
  }
}

function unwritten(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure("failed", `cannot write ${path}: ${reasonOf(error)}`, {
    hints: ["print the profiles instead: dumpconfig without --write"],
    cause: error,
  });
}
