import { describe, expect, test } from "bun:test";
import type { Failure } from "../../src/lib/errors.ts";
import {
  openOwnCache,
  ownTokenPath,
  ownTokenStore,
  portals,
  rememberPortal,
  storedTokens,
  storeImportedToken,
} from "../../src/sso/own-token-cache.ts";
import { failureOf } from "../support/failure.ts";
import { noSealing } from "../support/fake-key-store.ts";
import { memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const one = "https://one.awsapps.com/start";
const two = "https://two.awsapps.com/start";
const token = { accessToken: "t", expiresAt: "2030-01-31T12:00:00Z" };
const pythonFile = `${folder}/aws-accesstoken-cache.json`;

describe("ownTokenStore()", () => {
  test("ownTokenStore() keeps portals apart", async () => {
    const files = memoryFiles();
    await ownTokenStore(files, folder, one, "k", noSealing).writeToken(token);
    expect(await ownTokenStore(files, folder, `${one}/#/`, "k", noSealing).readToken()).toMatchObject(token);
    expect(await ownTokenStore(files, folder, two, "k", noSealing).readToken()).toBeUndefined();
  });

  test("ownTokenStore() keeps the clients of flows and of scopes apart", async () => {
    const files = memoryFiles();
    const registration = { clientId: "id", clientSecret: "s", expiresAt: "x" };
    await ownTokenStore(files, folder, one, "k", noSealing).writeRegistration("device", registration);
    expect(await ownTokenStore(files, folder, one, "k", noSealing).readRegistration("device")).toEqual(
      registration,
    );
    expect(
      await ownTokenStore(files, folder, one, "k", noSealing).readRegistration("browser"),
    ).toBeUndefined();
    expect(
      await ownTokenStore(files, folder, one, "other", noSealing).readRegistration("device"),
    ).toBeUndefined();
  });

  test("ownTokenStore() removes a portal with its token, and leaves the client", async () => {
    const files = memoryFiles();
    const store = ownTokenStore(files, folder, one, "k", noSealing);
    await store.writeRegistration("device", { clientId: "id", clientSecret: "s", expiresAt: "x" });
    await store.writeToken(token);
    await rememberPortal(files, folder, two);
    await rememberPortal(files, folder, one);
    await store.removeToken();
    expect(await portals(files, folder)).toEqual([two]);
    expect(await store.readToken()).toBeUndefined();
    expect(await store.readRegistration("device")).toBeDefined();
  });

  test("ownTokenStore() takes the portal off the list first: its token tells the next one of it", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, one, token, {}, noSealing);
    files.log.length = 0;
    await ownTokenStore(files, folder, one, "k", noSealing).removeToken();
    expect(files.log.filter((line) => /^(write|remove) /.test(line))).toEqual([
      `write ${folder}/portals.json`,
      `remove ${ownTokenPath(folder, one)}`,
    ]);
  });

  test("ownTokenStore() removes a token also when the list of portals cannot be written", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, one, token, {}, noSealing);
    const full = { ...files, replaceFile: async () => Promise.reject(new Error("ENOSPC")) };
    const store = ownTokenStore(full, folder, one, "k", noSealing);
    const failure = await failureOf(() => store.removeToken());
    expect(failure.message).toBe(`cannot write ${folder}/portals.json: ENOSPC`);
    expect(await store.readToken()).toBeUndefined();
  });
});

test("rememberPortal() puts the latest portal first, once", async () => {
  const files = memoryFiles();
  for (const startUrl of [one, two, `${one}/`]) await rememberPortal(files, folder, startUrl);
  expect(await portals(files, folder)).toEqual([`${one}/`, two]);
});

/** Files whose locks exclude, and whose reads and writes take turns with each other. */
function sharedFiles(): ReturnType<typeof memoryFiles> {
  const files = memoryFiles();
  const queues = new Map<string, Promise<unknown>>();
  return {
    ...files,
    readText: async (path) => {
      const text = await files.readText(path);
      await Promise.resolve();
      return text;
    },
    withLock: async (path, _wait, work) => {
      const turn = (queues.get(path) ?? Promise.resolve()).then(work);
      queues.set(path, turn);
      return { kind: "done", value: await turn };
    },
  };
}

test("rememberPortal() and removeToken() lose no portal of another process", async () => {
  const files = sharedFiles();
  const names = Array.from({ length: 8 }, (_, n) => `https://p${n}.awsapps.com/start`);
  await rememberPortal(files, folder, one);
  await Promise.all([
    ...names.map((startUrl) => rememberPortal(files, folder, startUrl)),
    ownTokenStore(files, folder, one, "k", noSealing).removeToken(),
  ]);
  expect((await portals(files, folder)).toSorted()).toEqual(names);
});

test("rememberPortal() does not write what it could not read alone", async () => {
  const files = memoryFiles({}, [() => {}]);
  const failure = await failureOf(() => rememberPortal(files, folder, one));
  expect(failure.message).toBe(
    `cannot write ${folder}/portals.json: another aws-login has had the lock for 10 s`,
  );
  expect(files.files.size).toBe(0);
});

test("portals() is empty for a list that cannot be read", async () => {
  expect(await portals(memoryFiles({ [`${folder}/portals.json`]: "{" }), folder)).toEqual([]);
});

test("storedTokens() has every token and nothing else", async () => {
  const files = memoryFiles({ [`${folder}/tokens/left-over.tmp`]: "{}", [`${folder}/tokens/x.json`]: "{" });
  await storeImportedToken(files, folder, one, { ...token, startUrl: one }, {}, noSealing);
  await storeImportedToken(files, folder, two, { ...token, startUrl: two }, {}, noSealing);
  const unreadable: Failure[] = [];
  const found = await storedTokens(files, folder, (why) => unreadable.push(why));
  expect(found.map(({ startUrl }) => startUrl).toSorted()).toEqual([one, two]);
  expect(unreadable).toEqual([]);
});

test("storedTokens() reports a file that others may write to, and goes on", async () => {
  const files = memoryFiles();
  for (const startUrl of [one, two])
    await storeImportedToken(files, folder, startUrl, { ...token, startUrl }, {}, noSealing);
  const { readOwn } = files;
  files.readOwn = async (path) => {
    if (path === ownTokenPath(folder, one)) throw new Error("it is a symbolic link");
    return readOwn(path);
  };
  const unreadable: Failure[] = [];
  const found = await storedTokens(files, folder, (why) => unreadable.push(why));
  expect(found.map(({ startUrl }) => startUrl)).toEqual([two]);
  expect(unreadable.map(({ message }) => message)).toEqual([
    `cannot read ${ownTokenPath(folder, one)}: it is a symbolic link`,
  ]);
});

describe("the folder", () => {
  const store = (files: ReturnType<typeof memoryFiles>) => ownTokenStore(files, folder, one, "k", noSealing);
  const registration = { clientId: "c", clientSecret: "made up", expiresAt: "2031-01-01T00:00:00Z" };
  const storing: Record<string, (files: ReturnType<typeof memoryFiles>) => Promise<void>> = {
    "a token": (files) => store(files).writeToken(token),
    "a client's registration": (files) => store(files).writeRegistration("device", registration),
    "which portal was used": (files) => rememberPortal(files, folder, one),
    "a token of another program": (files) => storeImportedToken(files, folder, one, token, {}, noSealing),
  };
  test.each(Object.entries(storing))("is closed to others before %s is written there", async (_, write) => {
    const files = memoryFiles();
    await write(files);
    expect(files.log[0]).toBe(`restrict ${folder}`);
    expect(files.log.some((line) => line.startsWith(`write ${folder}/`))).toBe(true);
  });

  test("stays as it is when a token is removed", async () => {
    const files = memoryFiles();
    await storeImportedToken(files, folder, one, token, {}, noSealing);
    files.log.length = 0;
    await store(files).removeToken();
    expect(files.log).toContain(`remove ${ownTokenPath(folder, one)}`);
    expect(files.log).not.toContain(`restrict ${folder}`);
  });
});

describe("openOwnCache()", () => {
  const python = JSON.stringify({ ...token, startUrl: one, region: "eu-west-1", expiresIn: 28800 });

  test("openOwnCache() checks who may write to the folder, and changes nothing", async () => {
    const files = memoryFiles();
    await openOwnCache(files, folder, noSealing);
    expect(files.log).toEqual([`check ${folder}`]);
  });

  test("openOwnCache() names a folder that others may write to", async () => {
    const files = { ...memoryFiles(), checkFolder: () => Promise.reject(new Error("EROFS")) };
    const failure = await failureOf(() => openOwnCache(files, folder, noSealing));
    expect(failure.message).toBe(`cannot use the folder ${folder}: EROFS`);
  });

  test("openOwnCache() takes the token of the Python tool over, once, with all it holds", async () => {
    const files = memoryFiles({ [pythonFile]: python });
    await openOwnCache(files, folder, noSealing);
    expect(files.files.has(pythonFile)).toBe(false);
    expect(files.files.get(ownTokenPath(folder, one))).toContain('"expiresIn": 28800');
    expect(await portals(files, folder)).toEqual([one]);
    const removed = files.log.indexOf(`remove ${pythonFile}`);
    expect(removed).toBeGreaterThan(files.log.indexOf(`write ${ownTokenPath(folder, one)}`));
  });

  test("openOwnCache() does not put an old token in the place of a newer sign-in", async () => {
    const files = memoryFiles({ [pythonFile]: python });
    await ownTokenStore(files, folder, one, "k", noSealing).writeToken({ ...token, accessToken: "newer" });
    await openOwnCache(files, folder, noSealing);
    expect((await ownTokenStore(files, folder, one, "k", noSealing).readToken())?.accessToken).toBe("newer");
    expect(files.files.has(pythonFile)).toBe(false);
  });

  test("openOwnCache() leaves a file alone that holds no token", async () => {
    const files = memoryFiles({ [pythonFile]: "not a token" });
    await openOwnCache(files, folder, noSealing);
    expect(files.files.get(pythonFile)).toBe("not a token");
  });
});
