/** Where the private copy of the config stands while an endpoint runs, and how the copies of killed ones are removed. */
import { loadSharedConfig, longestConfig } from "../config/load.ts";
import { homeDirectory, ownFolderPath, sharedFilePaths } from "../config/paths.ts";
import { sha256Hex } from "../lib/digest.ts";
import { Failure } from "../lib/errors.ts";
import { listPrivate, removePrivate, restrictOwnFolder, writeOwnFile } from "../lib/private-file.ts";
import type { Environment, System } from "../system/types.ts";
import { configCopy, freeProfileName, yieldingSetting } from "./config-copy.ts";

export interface StoredCopy {
  /** The profile without credentials. */
  readonly name: string;
  readonly file: string;
  /** The setting of the default profile that makes the copy necessary. */
  readonly because: string;
  /** By this one the endpoint reads profiles: AWS_CONFIG_FILE may have named the copy of another endpoint, which may end. */
  readonly env: Environment;
  remove(): Promise<void>;
}

/**
 * Writes the copy, for its owner alone, where the default profile would yield credentials; undefined where it would not.
 * Throws a Failure.
 */
export async function storeConfigCopy(system: System): Promise<StoredCopy | undefined> {
  const home = await homeDirectory(system);
  const folder = ownFolderPath(system.env, home);
  if (folder !== undefined) await removeStaleCopies(system, copiesFolder(folder));
  const config = await loadSharedConfig(system);
  const profile = config.profile("default");
  const because = yieldingSetting(profile);
  if (because === undefined) return undefined;
  if (folder === undefined) {
    throw new Failure(
      "failed",
      `cannot serve credentials: SDKs would take ${because} of the default profile, and no home directory is known for a copy of the config without it`,
      { hints: ["set HOME, or AWS_LOGIN_HOME to a folder for that copy"] },
    );
  }
  const { path } = sharedFilePaths(system.env, home).config;
  const text = path === undefined ? "" : ((await system.readText(path, longestConfig)) ?? "");
  const name = freeProfileName(config);
  await restrictOwnFolder(system, folder);
  const file = `${copiesFolder(folder)}/${await copyName(system, system.processId)}`;
  await writeOwnFile(system, file, configCopy(text, name, profile));
  const isCopied = path?.startsWith(`${copiesFolder(folder)}/`);
  const env = isCopied ? { ...system.env, AWS_CONFIG_FILE: file } : system.env;
  return { name, file, because, env, remove: () => removePrivate(system, file) };
}

function copiesFolder(folder: string): string {
  return `${folder}/endpoints`;
}

/** Names the process, so that a later run sees whether it still runs. */
async function copyName(system: Pick<System, "processMark">, pid: number): Promise<string> {
  const mark = (await system.processMark(pid)) ?? "";
  return `config-${pid}-${sha256Hex(mark).slice(0, 16)}`;
}

/** A stale copy that cannot be removed is told on stderr: it keeps no endpoint from serving. */
async function removeStaleCopies(system: System, folder: string): Promise<void> {
  try {
    for (const name of await listPrivate(system, folder)) {
      const [, pid] = /^config-(\d+)-/.exec(name) ?? [];
      // A process that begins now may still be writing its own, under a temporary name.
      if (pid === undefined || name.startsWith(await copyName(system, Number(pid)))) continue;
      await removePrivate(system, `${folder}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    system.stderr(`aws-login: warning: ${error.message}`);
  }
}
