import { describe, expect, test } from "bun:test";
import { markerBusy, markerPath, sealingKeys } from "../../src/sso/sealing-key.ts";
import { failureOf } from "../support/failure.ts";
import { type FakeKeyStore, fakeKeyStore, sealingSystem } from "../support/fake-key-store.ts";
import { type MemoryFiles, memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const marker = markerPath(folder);
const keysOf = (files: MemoryFiles, store: FakeKeyStore) =>
  sealingKeys(sealingSystem(files, store, "keychain"), folder, "allowed");

describe("sealingKeys()", () => {
  test("own() makes one key, which every run finds by its id in store.json", async () => {
    const [files, store] = [memoryFiles(), fakeKeyStore()];
    const first = keysOf(files, store);
    expect(await first.markedId()).toBeUndefined();
    const { id } = await first.own();
    expect(JSON.parse(files.files.get(marker) ?? "")).toEqual({ keyId: id });
    expect((await keysOf(files, store).own()).id).toBe(id);
    expect([...store.secrets.keys()]).toEqual([`key ${id}`]);
    expect(store.asked).toEqual(["write", "read", "read"]);
  });

  test("own() makes a new key where another run has removed the key that it was about to use", async () => {
    const [files, store] = [memoryFiles(), fakeKeyStore()];
    const { id } = await keysOf(files, store).own();
    const removing: FakeKeyStore = {
      ...store,
      read: async (name) => {
        if (name === `key ${id}`) {
          files.files.delete(marker);
          store.secrets.delete(name);
        }
        return store.read(name);
      },
    };
    expect((await keysOf(files, removing).own()).id).not.toBe(id);
  });

  test("stored() says that the key store is locked or the key gone, and how to go on", async () => {
    const failure = await failureOf(() => keysOf(memoryFiles(), fakeKeyStore()).stored("gone"));
    expect(failure.message).toContain(
      "the system's key store is locked, or its key for aws-login was removed",
    );
    expect(failure.hints).toHaveLength(2);
  });

  test("remove() removes the key of the id", async () => {
    const [files, store] = [memoryFiles(), fakeKeyStore()];
    const keys = keysOf(files, store);
    await keys.remove((await keys.own()).id);
    expect(store.secrets.size).toBe(0);
  });

  test("locked() is busy while another run has the lock", async () => {
    const files = memoryFiles({}, [() => {}]);
    expect(await keysOf(files, fakeKeyStore()).locked(async () => 1)).toEqual({ kind: "busy" });
    expect(markerBusy(folder).message).toBe(
      `cannot write ${marker}: another aws-login has had the lock for 10 s`,
    );
  });
});
