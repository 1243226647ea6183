/** Reads and replaces the AWS config file for `dumpconfig --write`. */
import type { ConfigSection } from "../../config/config-section.ts";
import { type IniFile, parseIni } from "../../config/ini.ts";
import { longestConfig } from "../../config/load.ts";
import { type MergeResult, mergeSections } from "../../config/merge-profiles.ts";
import { homeDirectory, ownFolderPath, sharedFilePaths } from "../../config/paths.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { fileLock } from "../../lib/lock.ts";
import { folderOf } from "../../lib/private-file.ts";
import type { System } from "../../system/types.ts";
import { keepBackup } from "./config-backup.ts";
import { type MakeSections, type MergedText, mergedText } from "./merged-text.ts";

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
   * Merges what `make` returns into the file, under a lock. `session` is the section that describes the portal. Throws a
   * Failure, and then the file is unchanged.
   */
  merge(session: ConfigSection, make: MakeSections): Promise<MergedFile>;
  /** The same, and nothing is written. */
  preview(session: ConfigSection, make: MakeSections): Promise<MergedText>;
  /** Merges one profile into the file, under a lock. Throws a Failure, and then the file is unchanged. */
  mergeProfile(profile: ConfigSection): Promise<MergeResult>;
  /** The setting by which the profile has another source, in either file; undefined when it has none. */
  conflictOf(profile: ConfigSection): Promise<MergeResult["left"][number]["has"] | undefined>;
}

export interface MergedFile extends MergedText {
  /** The path of the copy of the old file; undefined when there was no file, or nothing had to change. */
  readonly backup: string | undefined;
}

/** Milliseconds to wait for another run that writes the same file. */
const lockWait = 10_000;

/** Throws a Failure when there can be no such file, or when the existing one cannot be merged into. */
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
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const locked = await lock(lockWait, work);
    if (locked.kind === "done") return locked.value;
    throw new Failure("failed", `cannot write ${path}: another aws-login is writing it`, {
      hints: ["run the command again when the other one has ended"],
    });
  };
  const mergeOne = async (profile: ConfigSection) => {
    const before = await readConfig(path, system);
    const others = await readCredentials(credentials.path, system);
    return { before, merge: mergeSections(before ?? "", path, [profile], others) };
  };
  return {
    path,
    merge: (session, make) =>
      alone(async () => {
        const merged = await mergeInto(path, credentials.path, { session, make }, system);
        const { text, before } = merged;
        const backup = text === before ? undefined : await replaceConfig(path, before, text, system);
        return { ...merged, backup };
      }),
    preview: (session, make) => mergeInto(path, credentials.path, { session, make }, system),
    mergeProfile: (profile) =>
      alone(async () => {
        const { before, merge } = await mergeOne(profile);
        if (merge.text !== before) await replaceConfig(path, before, merge.text, system);
        return merge;
      }),
    conflictOf: async (profile) => (await mergeOne(profile)).merge.left[0]?.has,
  };
}

/** As the file and the credentials file are now. */
async function mergeInto(
  path: string,
  credentials: string | undefined,
  wanted: { readonly session: ConfigSection; readonly make: MakeSections },
  system: FileSystem,
): Promise<MergedText> {
  const before = await readConfig(path, system);
  return mergedText({ path, before, others: await readCredentials(credentials, system), ...wanted });
}

/** Returns the path of the copy of the old file; undefined when there was none. */
async function replaceConfig(
  path: string,
  before: string | undefined,
  text: string,
  system: FileSystem,
): Promise<string | undefined> {
  try {
    if (before === undefined) await system.makeFolder(folderOf(path));
    const backup = before === undefined ? undefined : await keepBackup(path, before, system);
    try {
      await system.replaceFile(path, text, "preserve");
    } catch (error) {
      // The file is unchanged, and on a full disk the copy only takes room. The error to report is the first one.
      if (backup?.isNew) await system.removeFile(backup.path).catch(() => {});
      throw error;
    }
    return backup?.path;
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

/** The text byte for byte. A file that is not UTF-8 is refused: decoding and writing it would change its bytes. */
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
