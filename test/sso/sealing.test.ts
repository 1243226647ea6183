import { describe, expect, test } from "bun:test";
import { ownTokenPath, ownTokenStore } from "../../src/sso/own-token-cache.ts";
import { sealing } from "../../src/sso/sealing.ts";
import { markerPath } from "../../src/sso/sealing-key.ts";
import { failureOf } from "../support/failure.ts";
import { fakeKeyStore, sealingSystem, testSealing } from "../support/fake-key-store.ts";
import { type MemoryFiles, memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const startUrl = "https://one.awsapps.com/start";
const tokenPath = ownTokenPath(folder, startUrl);
const marker = markerPath(folder);
const token = {
  accessToken: "made-up-access",
  expiresAt: "2030-01-31T12:00:00Z",
  clientId: "id",
  clientSecret: "made-up-secret",
  refreshToken: "made-up-refresh",
};
const registration = { clientId: "id", clientSecret: "made-up-secret", expiresAt: "2030-01-31T12:00:00Z" };

function filesWithToken(): MemoryFiles {
  return memoryFiles({ [tokenPath]: JSON.stringify(token), [`${folder}/tokens/other`]: "no token" });
}

/** The names in the folder, as the real system lists them: in memory, from the paths. */
function listed(files: MemoryFiles): MemoryFiles {
  return {
    ...files,
    listFolder: async (path) =>
      [...files.files.keys()].flatMap((file) =>
        file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : [],
      ),
  };
}

/** What the file has for refresh token and client secret. */
function secrets({ files }: MemoryFiles, path = tokenPath): readonly string[] {
  const { refreshToken, clientSecret } = JSON.parse(files.get(path) ?? "{}");
  return [refreshToken, clientSecret];
}

describe("AWS_LOGIN_STORE=keychain", () => {
  test("seals what was plain at the first use, and leaves the access token", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    const one = testSealing(files, keys, "keychain");
    await one.settle();
    for (const secret of secrets(files)) expect(secret).toStartWith("sealed:1:");
    expect(files.files.get(tokenPath)).toContain('"made-up-access"');
    expect(files.files.get(`${folder}/tokens/other`)).toBe("no token");
    expect([...files.files.values()].join()).not.toContain("made-up-refresh");
    const store = ownTokenStore(files, folder, startUrl, "k", one);
    const stored = await store.readToken();
    expect(stored && (await store.open(stored))).toMatchObject(token);
  });

  test("names the key in a file before anything is sealed with it", async () => {
    const files = listed(filesWithToken());
    await testSealing(files, fakeKeyStore(), "keychain").settle();
    expect(files.log.filter((line) => line.startsWith("write "))).toEqual([
      `write ${marker}`,
      `write ${tokenPath}`,
    ]);
  });

  test("makes no key, and asks no store, where nothing is stored", async () => {
    const files = listed(memoryFiles());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    expect([keys.asked, [...files.files.keys()]]).toEqual([[], []]);
  });

  test("does not ask the store while a valid access token is enough", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    keys.asked.length = 0;
    const later = testSealing(files, keys, "keychain");
    await later.settle();
    expect(await ownTokenStore(files, folder, startUrl, "k", later).readToken()).toMatchObject({
      accessToken: "made-up-access",
    });
    expect(keys.asked).toEqual([]);
  });

  test("seals what is written, and opens what is read, with one key in all runs", async () => {
    const files = listed(memoryFiles());
    const keys = fakeKeyStore();
    const first = ownTokenStore(files, folder, startUrl, "k", testSealing(files, keys, "keychain"));
    await first.writeRegistration("device", registration);
    await first.writeToken(token);
    expect(secrets(files).every((secret) => secret.startsWith("sealed:1:"))).toBe(true);
    const second = ownTokenStore(files, folder, startUrl, "k", testSealing(files, keys, "keychain"));
    expect(await second.readRegistration("device")).toEqual(registration);
    await second.writeToken({ ...token, refreshToken: "made-up-next" });
    const stored = await second.readToken();
    expect(stored && (await second.open(stored))).toMatchObject({ refreshToken: "made-up-next" });
    expect(keys.secrets.size).toBe(1);
  });

  test("stays on in a run without the variable", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    await ownTokenStore(files, folder, startUrl, "k", testSealing(files, keys, undefined)).writeToken(token);
    expect(secrets(files)[0]).toStartWith("sealed:1:");
  });

  test("leaves a file alone that another process is renewing", async () => {
    const files = listed(filesWithToken());
    const busy = { ...files, withLock: async () => ({ kind: "busy" }) as const };
    // The key's own lock is free.
    const some: MemoryFiles = {
      ...busy,
      withLock: (path, wait, work, go) =>
        wait === 0 ? busy.withLock() : files.withLock(path, wait, work, go),
    };
    await testSealing(some, fakeKeyStore(), "keychain").settle();
    expect(secrets(files)).toEqual(["made-up-refresh", "made-up-secret"]);
  });
});

describe("a key store that is locked, broken or missing", () => {
  test("is an error where something is sealed, and never a new key", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    const before = new Map(files.files);
    keys.isLocked = true;
    keys.asked.length = 0;
    const store = ownTokenStore(files, folder, startUrl, "k", testSealing(files, keys, "keychain"));
    const stored = await store.readToken();
    if (stored === undefined) throw new Error("the token is gone");
    for (const use of [
      () => store.open(stored),
      () => store.reserve(stored),
      () => store.writeToken(token),
    ]) {
      expect((await failureOf(use)).message).toBe(
        "cannot open the stored sign-ins: the system's key store is locked, or its key for aws-login was removed",
      );
    }
    expect(keys.asked).toEqual(["read", "read", "read"]);
    expect(files.files).toEqual(before);
  });

  test("leaves what is plain as it is, with one error", async () => {
    const files = listed(filesWithToken());
    const keys = {
      ...fakeKeyStore(),
      write: async () => Promise.reject(new Error("libsecret not available")),
    };
    const failure = await failureOf(() => testSealing(files, keys, "keychain").settle());
    expect(failure.message).toBe("cannot use the system's key store: libsecret not available");
    expect(failure.hints).toEqual([
      "to store sign-ins without a key store, in files that only you may read: AWS_LOGIN_STORE=file",
    ]);
    expect(secrets(files)).toEqual(["made-up-refresh", "made-up-secret"]);
    expect(files.files.has(marker)).toBe(false);
  });

  test("that does not give back the key seals nothing", async () => {
    const files = listed(filesWithToken());
    const keys = { ...fakeKeyStore(), read: async () => undefined };
    await failureOf(() => testSealing(files, keys, "keychain").settle());
    expect([secrets(files)[0], files.files.has(marker)]).toEqual(["made-up-refresh", false]);
  });

  test.each([
    ["never", 5000],
    ["allowed", 120_000],
  ] as const)("is waited for as long as fits a prompt that is %s", async (prompt, limit) => {
    const files = listed(filesWithToken());
    const keys = { ...fakeKeyStore(), write: () => new Promise<void>(() => {}) };
    const asked: number[] = [];
    const deadline = (milliseconds: number) => {
      asked.push(milliseconds);
      const controller = new AbortController();
      queueMicrotask(() => controller.abort());
      return controller.signal;
    };
    const system = { ...sealingSystem(files, keys, "keychain"), deadline };
    const failure = await failureOf(() => sealing(system, folder, prompt).settle());
    expect(failure.message).toBe(
      `cannot use the system's key store: no answer within ${limit / 1000} seconds`,
    );
    expect(asked).toEqual([limit]);
  });
});

describe("AWS_LOGIN_STORE=file", () => {
  test("opens what was sealed, and removes the key after that", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    files.log.length = 0;
    await testSealing(files, keys, "file").settle();
    expect(secrets(files)).toEqual(["made-up-refresh", "made-up-secret"]);
    expect(files.log.filter((line) => /^(write|remove) /.test(line))).toEqual([
      `write ${tokenPath}`,
      `remove ${marker}`,
    ]);
    expect([keys.asked.at(-1), keys.secrets.size]).toEqual(["remove", 0]);
  });

  test("keeps the sealed files where the store is locked", async () => {
    const files = listed(filesWithToken());
    const keys = fakeKeyStore();
    await testSealing(files, keys, "keychain").settle();
    const before = new Map(files.files);
    keys.isLocked = true;
    await failureOf(() => testSealing(files, keys, "file").settle());
    expect(files.files).toEqual(before);
  });
});

/** Ends at the so-manieth write or removal, like a process that is killed there. */
function killedAfter(files: MemoryFiles, changes: number): MemoryFiles {
  let left = changes;
  const count = () => {
    if (left-- <= 0) throw new Error("killed");
  };
  return {
    ...files,
    replaceFile: async (path, text) => {
      count();
      await files.replaceFile(path, text);
    },
    removeFile: async (path) => {
      count();
      await files.removeFile(path);
    },
  };
}

test.each(["keychain", "file"])("killed at any instant on the way to %s, nothing is lost", async (to) => {
  for (let changes = 0; changes < 4; changes++) {
    const files = listed(filesWithToken());
    const other = tokenPath.replace(/.json$/, "2.json");
    files.files.set(other, JSON.stringify({ ...token, refreshToken: "made-up-other" }));
    const keys = fakeKeyStore();
    if (to === "file") await testSealing(files, keys, "keychain").settle();
    await testSealing(killedAfter(files, changes), keys, to)
      .settle()
      .catch(() => {});
    for (const next of ["keychain", "file"]) await testSealing(files, keys, next).settle();
    expect([...secrets(files), ...secrets(files, other)]).toEqual([
      "made-up-refresh",
      "made-up-secret",
      "made-up-other",
      "made-up-secret",
    ]);
  }
});

test("sealing() refuses another value of AWS_LOGIN_STORE, without showing it", async () => {
  const failure = await failureOf(async () => testSealing(memoryFiles(), fakeKeyStore(), "made-up"));
  expect([failure.kind, failure.message]).toEqual(["usage", "AWS_LOGIN_STORE is neither keychain nor file"]);
});
