/** Two runs at once, one with AWS_LOGIN_STORE=keychain and one with `file`: at every step of the one, the other begins. */
import { expect, test } from "bun:test";
import type { KeyStore } from "../../src/lib/key-store.ts";
import { ownTokenPath, ownTokenStore } from "../../src/sso/own-token-cache.ts";
import { sealing } from "../../src/sso/sealing.ts";
import { fakeKeyStore, sealingSystem, testSealing } from "../support/fake-key-store.ts";
import { type MemoryFiles, memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const startUrl = "https://one.awsapps.com/start";
const token = {
  accessToken: "made-up-access",
  expiresAt: "2030-01-31T12:00:00Z",
  clientId: "id",
  clientSecret: "made-up-secret",
  refreshToken: "made-up-refresh",
};
const next = { ...token, refreshToken: "made-up-next" };
const registration = { clientId: "id", clientSecret: "made-up-client", expiresAt: "2030-01-31T12:00:00Z" };

/** Files whose locks exclude. `blocked` is called when a run begins to wait for another. */
function sharedFiles(initial: Readonly<Record<string, string>>, blocked: () => void): MemoryFiles {
  const held = new Map<string, Promise<void>>();
  return {
    ...memoryFiles(initial),
    withLock: async (path, wait, work) => {
      for (let holder = held.get(path); holder !== undefined; holder = held.get(path)) {
        if (wait === 0) return { kind: "busy" };
        blocked();
        await holder;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(path, promise);
      try {
        return { kind: "done", value: await work() };
      } finally {
        held.delete(path);
        resolve();
      }
    },
  };
}

/** The same outside, which calls `step` before everything that it does. */
function stepwise(files: MemoryFiles, keys: KeyStore, step: () => Promise<void>): [MemoryFiles, KeyStore] {
  const before =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await step();
      return call(...args);
    };
  return [
    {
      ...files,
      readOwn: before(files.readOwn),
      replaceFile: before(files.replaceFile),
      removeFile: before(files.removeFile),
      listFolder: before(files.listFolder),
    },
    { read: before(keys.read), write: before(keys.write), remove: before(keys.remove) },
  ];
}

type Run = (files: MemoryFiles, keys: KeyStore) => Promise<unknown>;

const opens: Run = (files, keys) => testSealing(files, keys, "file").settle();
const seals: Run = (files, keys) => testSealing(files, keys, "keychain").settle();
const storeOf = (files: MemoryFiles, keys: KeyStore, wanted: string) =>
  ownTokenStore(files, folder, startUrl, "k", sealing(sealingSystem(files, keys, wanted), folder, "never"));
const renews: Run = (files, keys) => storeOf(files, keys, "keychain").writeToken(next);
const registers: Run = (files, keys) =>
  storeOf(files, keys, "keychain").writeRegistration("device", registration);
const reads: Run = async (files, keys) => {
  const store = storeOf(files, keys, "keychain");
  const stored = await store.readToken();
  expect(stored && (await store.open(stored))).toMatchObject(token);
};

const pairs: readonly (readonly [name: string, first: Run, second: Run])[] = [
  ["seals, and the other opens", seals, opens],
  ["opens, and the other seals", opens, seals],
  ["stores a renewed token, and the other opens", renews, opens],
  ["opens, and the other stores a renewed token", opens, renews],
  ["stores a registration, and the other opens", registers, opens],
  ["opens, and the other stores a registration", opens, registers],
  ["reads, and the other opens", reads, opens],
];

for (const before of ["plain", "sealed"] as const) {
  test.each(pairs)(`the sign-in is ${before}; one %s: nothing is lost`, async (_, first, second) => {
    for (let begin = 0; ; begin++) {
      let tellBlocked = () => {};
      const blocked = new Promise<void>((done) => {
        tellBlocked = done;
      });
      const path = ownTokenPath(folder, startUrl);
      const files = sharedFiles({ [path]: JSON.stringify(token) }, () => tellBlocked());
      const keys = fakeKeyStore();
      if (before === "sealed") await seals(files, keys);
      let steps = 0;
      let other: Promise<unknown> | undefined;
      await first(
        ...stepwise(files, keys, async () => {
          if (steps++ !== begin) return;
          other = second(files, keys);
          await Promise.race([other, blocked]);
        }),
      );
      if (other === undefined) return;
      await other;
      // Later runs find both, with either store.
      for (const wanted of ["keychain", "file"]) {
        const store = storeOf(files, keys, wanted);
        const stored = await store.readToken();
        const isRenewed = first === renews || second === renews;
        expect(stored && (await store.open(stored))).toMatchObject(isRenewed ? next : token);
        if (first === registers || second === registers)
          expect(await store.readRegistration("device")).toEqual(registration);
      }
    }
  });
}
