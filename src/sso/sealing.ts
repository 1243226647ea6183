/**
 * `AWS_LOGIN_STORE=keychain`: refresh tokens and client secrets of the own cache are sealed under a random key that the
 * system's key store keeps. The file `store.json` names the key, and exists before anything is sealed with it.
 */
import { joinPath } from "../config/paths.ts";
import { Failure, reasonOf } from "../lib/errors.ts";
import { readFields, textField } from "../lib/json-object.ts";
import { fileLock } from "../lib/lock.ts";
import {
  type FileAccess,
  listPrivate,
  readOwnFile,
  removePrivate,
  restrictOwnFolder,
  writeOwnFile,
} from "../lib/private-file.ts";
import { pythonJson } from "../lib/python-json.ts";
import { lockedOut } from "../lib/single-flight.ts";
import { uuidOf } from "../lib/uuid.ts";
import type { System } from "../system/types.ts";
import {
  changeSecrets,
  isSealed,
  keyIdOf,
  openValue,
  type SealingKey,
  sealValue,
  secretsIn,
} from "./sealed-member.ts";

export type SealingSystem = FileAccess &
  Pick<System, "env" | "withLock" | "randomBytes" | "deadline" | "keyStore">;

export interface Sealing {
  /** The text of a file for its path, sealed where sealing is on. Throws a Failure, and never leaves it plain instead. */
  seal(path: string, text: string): Promise<string>;
  /** The text with its secrets open. Asks the key store only for a text with something sealed. */
  open(path: string, text: string): Promise<string>;
  /** Makes sure that `seal` cannot fail, before a refresh token is spent. */
  prepare(): Promise<void>;
  /** Seals the plain files of the cache, or opens the sealed ones, as `AWS_LOGIN_STORE` says. */
  settle(): Promise<void>;
}

/** Milliseconds to wait for the key store: where a person may unlock it, and behind `credential_process`. */
const storeTimeout = { allowed: 120_000, never: 5000 } as const;

/** Milliseconds to wait for another process that makes the key. */
const keyTimeout = 10_000;

const fileHint =
  "to store sign-ins without a key store, in files that only you may read: AWS_LOGIN_STORE=file";

/** Throws a usage Failure for another value of `AWS_LOGIN_STORE`. `prompt` tells whether a person can unlock the store. */
export function sealing(system: SealingSystem, folder: string, prompt: "never" | "allowed"): Sealing {
  const wanted = wantedStore(system.env);
  const known = new Map<string, SealingKey>();
  const marker = markerPath(folder);
  const ask = <T>(work: () => Promise<T>) => askStore(system, storeTimeout[prompt], work);

  const markedId = async () => {
    const text = await readOwnFile(system, marker);
    return text === undefined ? undefined : (textField(readFields(text) ?? {}, "keyId") ?? "");
  };
  const storedKey = async (id: string): Promise<SealingKey> => {
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
  /** The key to seal with: the one that the folder has, else a new one. */
  const ownKey = async (): Promise<SealingKey> => {
    const id = await markedId();
    if (id !== undefined) return storedKey(id);
    const work = async () => {
      const other = await markedId();
      return other === undefined ? newKey() : storedKey(other);
    };
    const held = await fileLock(system, folder, marker, () => {})(keyTimeout, work);
    if (held.kind === "busy") throw lockedOut(`cannot write ${marker}`, keyTimeout);
    return held.value;
  };
  const isSealing = async () =>
    wanted === "keychain" || (wanted === undefined && (await markedId()) !== undefined);

  const seal = async (path: string, text: string) => {
    if (!secretsIn(text).plain || !(await isSealing())) return text;
    const key = await ownKey();
    return changeSecrets(text, async (name, value) =>
      isSealed(value) ? value : sealValue(key, value, placeOf(folder, path, name), system.randomBytes(12)),
    );
  };
  const open = async (path: string, text: string) => {
    if (!secretsIn(text).sealed) return text;
    return changeSecrets(text, async (name, value) => {
      if (!isSealed(value)) return value;
      const opened = await openValue(await storedKey(keyIdOf(value)), value, placeOf(folder, path, name));
      if (opened === undefined) throw damaged(path, name);
      return opened;
    });
  };
  return {
    seal,
    open,
    prepare: async () => {
      if (await isSealing()) await ownKey();
    },
    settle: async () => {
      const id = await markedId();
      if (wanted === "keychain" || (wanted === undefined && id !== undefined)) {
        await rewrite(system, folder, (text) => secretsIn(text).plain, seal);
      }
      if (wanted !== "file" || id === undefined) return;
      if ((await rewrite(system, folder, (text) => secretsIn(text).sealed, open)) === "some-busy") return;
      // While the file exists, another run goes on where this one is interrupted.
      await removePrivate(system, marker);
      await ask(() => system.keyStore.remove(secretName(id)));
    },
  };
}

/** The file that names the key. */
export function markerPath(folder: string): string {
  return joinPath(folder, "store.json");
}

function wantedStore({ AWS_LOGIN_STORE: value }: System["env"]): "keychain" | "file" | undefined {
  if (value === undefined || value === "") return undefined;
  if (value === "keychain" || value === "file") return value;
  throw new Failure("usage", "AWS_LOGIN_STORE is neither keychain nor file", {
    hints: ["set it to keychain to seal stored sign-ins, or to file to store them plain"],
  });
}

function secretName(id: string): string {
  return `key ${id}`;
}

function placeOf(folder: string, path: string, member: string): string {
  return `${path.slice(folder.length + 1).replaceAll("\\", "/")}:${member}`;
}

async function importKey(id: string, secret: string): Promise<SealingKey> {
  const bytes = Uint8Array.from(Buffer.from(secret, "base64url"));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id, key };
}

/**
 * Changes the files that need it, each under its token's lock. A file whose lock another process has is left to the next
 * run: that process may be signing in for minutes.
 */
async function rewrite(
  system: SealingSystem,
  folder: string,
  needsIt: (text: string) => boolean,
  change: (path: string, text: string) => Promise<string>,
): Promise<"all-done" | "some-busy"> {
  let isBusy = false;
  for (const kind of ["tokens", "clients"]) {
    for (const name of await listPrivate(system, joinPath(folder, kind))) {
      if (!name.endsWith(".json")) continue;
      const path = joinPath(folder, kind, name);
      const work = async () => {
        const text = await readOwnFile(system, path);
        if (text !== undefined && needsIt(text)) await writeOwnFile(system, path, await change(path, text));
      };
      const before = await readOwnFile(system, path);
      if (before === undefined || !needsIt(before)) continue;
      const held = await fileLock(system, folder, path, () => {})(0, work);
      isBusy ||= held.kind === "busy";
    }
  }
  return isBusy ? "some-busy" : "all-done";
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
      hints: [fileHint],
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

function damaged(path: string, member: string): Failure {
  return new Failure("failed", `cannot open ${member} in ${path}: it is not what was sealed there`, {
    hints: ["remove the file, and sign in again"],
  });
}
