/** A key store in memory, and what the own cache needs to seal with it. */
import type { KeyStore } from "../../src/lib/key-store.ts";
import { type Sealing, sealing } from "../../src/sso/sealing.ts";
import type { SealingSystem } from "../../src/sso/sealing-key.ts";
import type { MemoryFiles } from "./memory-files.ts";

/** For tests of what is stored plain. */
export const noSealing: Sealing = {
  seal: async (_path, text, write) => write(text),
  open: async (_path, text) => text,
  prepare: async () => {},
  settle: async () => {},
};

export interface FakeKeyStore extends KeyStore {
  readonly secrets: Map<string, string>;
  /** What was asked, in order: `read`, `write`, `remove`. */
  readonly asked: string[];
  /** Answers as a locked Secret Service does: nothing is found, nothing can be written. */
  isLocked: boolean;
}

export function fakeKeyStore(): FakeKeyStore {
  const store: FakeKeyStore = {
    secrets: new Map(),
    asked: [],
    isLocked: false,
    read: async (name) => {
      store.asked.push("read");
      return store.isLocked ? undefined : store.secrets.get(name);
    },
    write: async (name, value) => {
      store.asked.push("write");
      if (store.isLocked) throw new Error("Cannot create an item in a locked collection");
      store.secrets.set(name, value);
    },
    remove: async (name) => {
      store.asked.push("remove");
      store.secrets.delete(name);
    },
  };
  return store;
}

/** `wanted` is the value of AWS_LOGIN_STORE. */
export function sealingSystem(
  files: MemoryFiles,
  keyStore: KeyStore,
  wanted: string | undefined,
): SealingSystem {
  return {
    ...files,
    keyStore,
    env: { AWS_LOGIN_STORE: wanted },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    deadline: () => new AbortController().signal,
  };
}

export function testSealing(
  files: MemoryFiles,
  keyStore: KeyStore,
  wanted: string | undefined,
  folder = "/home/me/.aws-login",
): Sealing {
  return sealing(sealingSystem(files, keyStore, wanted), folder, "allowed");
}
