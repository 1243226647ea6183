/**
 * `AWS_LOGIN_STORE=keychain`: refresh tokens and client secrets of the own cache are sealed under a random key that the
 * system's key store keeps.
 */
import { joinPath } from "../config/paths.ts";
import { Failure } from "../lib/errors.ts";
import { fileLock } from "../lib/lock.ts";
import { listPrivate, readOwnFile, removePrivate, writeOwnFile } from "../lib/private-file.ts";
import type { System } from "../system/types.ts";
import {
  changeSecrets,
  isSealed,
  keyIdOf,
  keyIdsIn,
  openValue,
  type SealingKey,
  sealValue,
  secretsIn,
} from "./sealed-member.ts";
import { markerBusy, markerPath, type SealingSystem, sealingKeys } from "./sealing-key.ts";

export interface Sealing {
  /**
   * Has `write` store the text of a file, sealed where sealing is on; no other run removes the key before it is stored.
   * Throws a Failure, and never stores it plain instead. `write` may not ask for the lock of `store.json`.
   */
  seal(path: string, text: string, write: (text: string) => Promise<void>): Promise<void>;
  /** The text with its secrets open. Asks the key store only for a text with something sealed. */
  open(path: string, text: string): Promise<string>;
  /** Makes sure that `seal` cannot fail, before a refresh token is spent. */
  prepare(): Promise<void>;
  /** Seals the plain files of the cache, or opens the sealed ones, as `AWS_LOGIN_STORE` says. */
  settle(): Promise<void>;
}

/** Throws a usage Failure for another value of `AWS_LOGIN_STORE`. `prompt` tells whether a person can unlock the store. */
export function sealing(system: SealingSystem, folder: string, prompt: "never" | "allowed"): Sealing {
  const wanted = wantedStore(system.env);
  const keys = sealingKeys(system, folder, prompt);
  const isSealing = async () =>
    wanted === "keychain" || (wanted === undefined && (await keys.markedId()) !== undefined);

  const openedMember = async (path: string, name: string, value: string) => {
    const key = await keys.stored(keyIdOf(value));
    const opened = await openValue(key, value, placeOf(folder, path, name));
    if (opened === undefined) throw damaged(path, name);
    return opened;
  };
  const opened = (path: string, text: string) =>
    changeSecrets(text, async (name, value) => (isSealed(value) ? openedMember(path, name, value) : value));
  const sealed = (path: string, text: string, key: SealingKey) =>
    changeSecrets(text, async (name, value) =>
      isSealed(value) ? value : sealValue(key, value, placeOf(folder, path, name), system.randomBytes(12)),
    );
  const seal: Sealing["seal"] = async (path, text, write) => {
    while (secretsIn(text).plain && (await isSealing())) {
      const key = await keys.own();
      const held = await keys.locked(async () => {
        // Under AWS_LOGIN_STORE=file another run may have removed the key since, with every file opened but this one.
        if ((await keys.markedId()) !== key.id) return "key-removed";
        await write(await sealed(path, text, key));
        return "written";
      });
      if (held.kind === "busy") throw markerBusy(folder);
      if (held.value === "written") return;
    }
    await write(text);
  };
  const open: Sealing["open"] = async (path, text) => {
    if (!secretsIn(text).sealed) return text;
    try {
      return await opened(path, text);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Since the text was read, another run may have opened the file and removed the key.
      const now = await readOwnFile(system, path);
      if (now === undefined || keyIdsIn(now).join() === keyIdsIn(text).join()) throw error;
      return opened(path, now);
    }
  };
  const writeTo = (path: string) => (text: string) => writeOwnFile(system, path, text);

  /** Opens every sealed file, and removes the key once there is none. */
  const openAll = async (id: string): Promise<void> => {
    // The key store gives the keys before the lock is taken.
    await eachFile(system, folder, isAnySealed, open);
    const held = await keys.locked(async () => {
      if ((await keys.markedId()) !== id) return "changed";
      const change = async (path: string, text: string) => writeTo(path)(await opened(path, text));
      const result = await rewrite(system, folder, isAnySealed, change);
      // While the file exists, another run goes on where this one is interrupted.
      if (result === "all-done") await removePrivate(system, markerPath(folder));
      return result;
    });
    if (held.kind === "done" && held.value === "all-done") await keys.remove(id);
  };
  return {
    seal,
    open,
    prepare: async () => {
      if (await isSealing()) await keys.own();
    },
    settle: async () => {
      if (await isSealing()) {
        await rewrite(
          system,
          folder,
          (text) => secretsIn(text).plain,
          (path, text) => seal(path, text, writeTo(path)),
        );
      }
      const id = wanted === "file" ? await keys.markedId() : undefined;
      if (id !== undefined) await openAll(id);
    },
  };
}

function wantedStore({ AWS_LOGIN_STORE: value }: System["env"]): "keychain" | "file" | undefined {
  if (value === undefined || value === "") return undefined;
  if (value === "keychain" || value === "file") return value;
  throw new Failure("usage", "AWS_LOGIN_STORE is neither keychain nor file", {
    hints: ["set it to keychain to seal stored sign-ins, or to file to store them plain"],
  });
}

function placeOf(folder: string, path: string, member: string): string {
  return `${path.slice(folder.length + 1).replaceAll("\\", "/")}:${member}`;
}

function isAnySealed(text: string): boolean {
  return secretsIn(text).sealed;
}

/** Calls `use` with each stored file that `needsIt`. */
async function eachFile(
  system: SealingSystem,
  folder: string,
  needsIt: (text: string) => boolean,
  use: (path: string, text: string) => Promise<unknown>,
): Promise<void> {
  for (const kind of ["tokens", "clients"]) {
    for (const name of await listPrivate(system, joinPath(folder, kind))) {
      if (!name.endsWith(".json")) continue;
      const path = joinPath(folder, kind, name);
      const text = await readOwnFile(system, path);
      if (text !== undefined && needsIt(text)) await use(path, text);
    }
  }
}

/**
 * Changes the files that need it, each under its token's lock. A file whose lock another process has is left to the next
 * run: that process may be signing in for minutes.
 */
async function rewrite(
  system: SealingSystem,
  folder: string,
  needsIt: (text: string) => boolean,
  change: (path: string, text: string) => Promise<void>,
): Promise<"all-done" | "some-busy"> {
  let isBusy = false;
  await eachFile(system, folder, needsIt, async (path) => {
    const work = async () => {
      const text = await readOwnFile(system, path);
      if (text !== undefined && needsIt(text)) await change(path, text);
    };
    const held = await fileLock(system, folder, path, () => {})(0, work);
    isBusy ||= held.kind === "busy";
  });
  return isBusy ? "some-busy" : "all-done";
}

function damaged(path: string, member: string): Failure {
  return new Failure("failed", `cannot open ${member} in ${path}: it is not what was sealed there`, {
    hints: ["remove the file, and sign in again"],
  });
}
