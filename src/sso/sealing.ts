/**
 * `AWS_LOGIN_STORE=keychain`: refresh tokens and client secrets of the own cache are sealed under a random key that the
 * system's key store keeps.
 */
import { Failure } from "../lib/errors.ts";
import { readOwnFile, removePrivate, writeOwnFile } from "../lib/private-file.ts";
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
import { markerBusy, markerPath, type SealingKeys, type SealingSystem, sealingKeys } from "./sealing-key.ts";
import { eachFileWith, eachLockedFileWith } from "./stored-secrets.ts";

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
  const cache: SealedCache = { system, folder, keys };
  const isSealing = async () =>
    wanted === "keychain" || (wanted === undefined && (await keys.markedId()) !== undefined);

  const seal: Sealing["seal"] = async (path, text, write) => {
    while (secretsIn(text).plain && (await isSealing())) {
      const key = await keys.own();
      const held = await keys.locked(async () => {
        // Under AWS_LOGIN_STORE=file another run may have removed the key since, with every file opened but this one.
        if ((await keys.markedId()) !== key.id) return "key-removed";
        await write(await sealedText(cache, path, text, key));
        return "written";
      });
      if (held.kind === "busy") throw markerBusy(folder);
      if (held.value === "written") return;
    }
    await write(text);
  };
  return {
    seal,
    open: (path, text) => open(cache, path, text),
    prepare: async () => {
      if (await isSealing()) await keys.own();
    },
    settle: async () => {
      if (await isSealing()) {
        await eachLockedFileWith("plain", system, folder, (path, text) =>
          seal(path, text, (sealed) => writeOwnFile(system, path, sealed)),
        );
      }
      const id = wanted === "file" ? await keys.markedId() : undefined;
      if (id !== undefined) await openAll(cache, id);
    },
  };
}

interface SealedCache {
  readonly system: SealingSystem;
  readonly folder: string;
  readonly keys: SealingKeys;
}

async function open(cache: SealedCache, path: string, text: string): Promise<string> {
  if (!secretsIn(text).sealed) return text;
  try {
    return await openedText(cache, path, text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Since the text was read, another run may have opened the file and removed the key.
    const now = await readOwnFile(cache.system, path);
    if (now === undefined || keyIdsIn(now).join() === keyIdsIn(text).join()) throw error;
    return openedText(cache, path, now);
  }
}

/** Opens every sealed file, and removes the key of this id once there is none. */
async function openAll(cache: SealedCache, id: string): Promise<void> {
  const { system, folder, keys } = cache;
  // The key store gives the keys before the lock is taken.
  await eachFileWith("sealed", system, folder, (path, text) => open(cache, path, text));
  const held = await keys.locked(async () => {
    if ((await keys.markedId()) !== id) return "changed";
    const result = await eachLockedFileWith("sealed", system, folder, async (path, text) =>
      writeOwnFile(system, path, await openedText(cache, path, text)),
    );
    // While the file exists, another run goes on where this one is interrupted.
    if (result === "all-done") await removePrivate(system, markerPath(folder));
    return result;
  });
  if (held.kind === "done" && held.value === "all-done") await keys.remove(id);
}

function openedText({ folder, keys }: SealedCache, path: string, text: string): Promise<string> {
  return changeSecrets(text, async (name, value) => {
    if (!isSealed(value)) return value;
    const key = await keys.stored(keyIdOf(value));
    const opened = await openValue(key, value, placeOf(folder, path, name));
    if (opened === undefined) throw damaged(path, name);
    return opened;
  });
}

function sealedText(
  { system, folder }: SealedCache,
  path: string,
  text: string,
  key: SealingKey,
): Promise<string> {
  return changeSecrets(text, async (name, value) =>
    isSealed(value) ? value : sealValue(key, value, placeOf(folder, path, name), system.randomBytes(12)),
  );
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

function damaged(path: string, member: string): Failure {
  return new Failure("failed", `cannot open ${member} in ${path}: it is not what was sealed there`, {
    hints: ["remove the file, and sign in again"],
  });
}
