/**
 * The random key that the system's key store keeps for a folder of stored sign-ins. The file `store.json` names the key, and
 * exists before anything is sealed with it.
 */
import { joinPath } from "../config/paths.ts";
import { Failure, reasonOf } from "../lib/errors.ts";
import { readFields, textField } from "../lib/json-object.ts";
import { fileLock } from "../lib/lock.ts";
import { type FileAccess, readOwnFile, restrictOwnFolder, writeOwnFile } from "../lib/private-file.ts";
import { pythonJson } from "../lib/python-json.ts";
import { lockedOut } from "../lib/single-flight.ts";
import { uuidOf } from "../lib/uuid.ts";
import type { Locked, System } from "../system/types.ts";
import type { SealingKey } from "./sealed-member.ts";

export type SealingSystem = FileAccess &
  Pick<System, "env" | "withLock" | "randomBytes" | "deadline" | "keyStore">;

export interface SealingKeys {
  /** The id of the key that `store.json` names; undefined without that file. */
  markedId(): Promise<string | undefined>;
  /** The key of this id. Throws a Failure where the key store does not give it. */
  stored(id: string): Promise<SealingKey>;
  /** The key to seal with: the one that the folder has, else a new one. Throws a Failure. */
  own(): Promise<SealingKey>;
  /** Removes the key of this id from the key store. Nothing may be sealed with it any more. */
  remove(id: string): Promise<void>;
  /**
   * Runs `work` while no other run can change `store.json`; `busy` where another one has changed it for 10 seconds. The
   * key store is not to be asked meanwhile: a person may have to unlock it.
   */
  locked<T>(work: () => Promise<T>): Promise<Locked<T>>;
}

/** Milliseconds to wait for the key store: where a person may unlock it, and behind `credential_process`. */
const storeTimeout = { allowed: 120_000, never: 5000 } as const;

/** Milliseconds to wait for another run that has the lock of `store.json`. */
const markerTimeout = 10_000;

/** The file that names the key. */
export function markerPath(folder: string): string {
  return joinPath(folder, "store.json");
}

/** `prompt` tells whether a person can unlock the store. */
export function sealingKeys(system: SealingSystem, folder: string, prompt: "never" | "allowed"): SealingKeys {
  const known = new Map<string, SealingKey>();
  const marker = markerPath(folder);
  const ask = <T>(work: () => Promise<T>) => askStore(system, storeTimeout[prompt], work);
  const locked: SealingKeys["locked"] = (work) =>
    fileLock(system, folder, marker, () => {})(markerTimeout, work);
  const markedId = async () => {
    const text = await readOwnFile(system, marker);
    return text === undefined ? undefined : (textField(readFields(text) ?? {}, "keyId") ?? "");
  };
  const stored = async (id: string): Promise<SealingKey> => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const secret = await ask(() => system.keyStore.read(secretName(id)));
    if (secret === undefined) throw noKey(folder);
    const key = await importKey(id, secret);
    known.set(id, key);
    return key;
  };
  const newKey = async (): Promise<SealingKey> => {
    const id = uuidOf(system.randomBytes(16));
    const secret = Buffer.from(system.randomBytes(32)).toString("base64url");
    await ask(() => system.keyStore.write(secretName(id), secret));
    // What cannot be read back must not seal anything.
    if ((await ask(() => system.keyStore.read(secretName(id)))) !== secret) throw noKey(folder);
    await restrictOwnFolder(system, folder);
    await writeOwnFile(system, marker, pythonJson({ keyId: id }));
    const key = await importKey(id, secret);
    known.set(id, key);
    return key;
  };
  const own = async (): Promise<SealingKey> => {
    for (let id = await markedId(); id !== undefined; ) {
      try {
        return await stored(id);
      } catch (error) {
        // Another run may have opened every file, and removed the key.
        const now = await markedId();
        if (now === id) throw error;
        id = now;
      }
    }
    // The first of many runs makes the key, although its person may have to unlock the store.
    const held = await locked(async () => {
      const other = await markedId();
      return other === undefined ? newKey() : stored(other);
    });
    if (held.kind === "busy") throw markerBusy(folder);
    return held.value;
  };
  return { markedId, stored, own, locked, remove: (id) => ask(() => system.keyStore.remove(secretName(id))) };
}

/** The Failure for `busy` of `locked()`. */
export function markerBusy(folder: string): Failure {
  return lockedOut(`cannot write ${markerPath(folder)}`, markerTimeout);
}

function secretName(id: string): string {
  return `key ${id}`;
}

async function importKey(id: string, secret: string): Promise<SealingKey> {
  const bytes = Uint8Array.from(Buffer.from(secret, "base64url"));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id, key };
}

async function askStore<T>(
  system: Pick<System, "deadline">,
  milliseconds: number,
  work: () => Promise<T>,
): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    const why = new Error(`no answer within ${milliseconds / 1000} seconds`);
    system.deadline(milliseconds).addEventListener("abort", () => reject(why), { once: true });
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("failed", `cannot use the system's key store: ${reasonOf(error)}`, {
      hints: ["to store sign-ins without a key store, in files that only you may read: AWS_LOGIN_STORE=file"],
      cause: error,
    });
  }
}

function noKey(folder: string): Failure {
  const why = "the system's key store is locked, or its key for aws-login was removed";
  return new Failure("failed", `cannot open the stored sign-ins: ${why}`, {
    hints: [
      "unlock the key store (on a desktop, log in; on macOS: security unlock-keychain), and try again",
      `if the key is gone, remove store.json, tokens and clients in ${folder}, and sign in again`,
    ],
  });
}
