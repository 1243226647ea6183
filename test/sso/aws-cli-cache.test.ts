import { describe, expect, test } from "bun:test";
import {
  cliCacheFolder,
  cliRegistrationFileName,
  cliTokenFileName,
  cliTokenStore,
  forgetCliCredentials,
} from "../../src/sso/aws-cli-cache.ts";
import { failureOf } from "../support/failure.ts";
import { memoryFiles, noSleep } from "../support/memory-files.ts";

const signIn = {
  startUrl: "https://d-1234567890.awsapps.com/start",
  region: "us-east-1",
  sessionName: "my-sso",
  scopes: ["sso:account:access"],
};

describe("names of files", () => {
  test("cliTokenFileName() hashes the session's name, or a legacy profile's unchanged start URL", () => {
    expect(cliTokenFileName(signIn)).toBe("0ad374308c5a4e22f723adf10145eafad7c4031c.json");
    expect(cliTokenFileName({ ...signIn, sessionName: undefined })).toBe(
      "7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json",
    );
    expect(
      cliTokenFileName({ ...signIn, sessionName: undefined, startUrl: `${signIn.startUrl}/#/` }),
    ).not.toBe("7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json");
  });

  const registrations: Record<string, [Partial<typeof signIn> | object, string]> = {
    "with scopes": [{}, "a8343d65418848d0bc13a5f25cbb32508ceec5d1.json"],
    "without scopes": [{ scopes: undefined }, "8b2cedd020fb181ad4cf906d1d27b232fd31557e.json"],
    "of a legacy profile": [
      { scopes: undefined, sessionName: undefined },
      "365414a68be7c9bfc776c660981dbdbd942acea4.json",
    ],
  };
  for (const [name, [change, file]] of Object.entries(registrations)) {
    test(`cliRegistrationFileName() is the AWS CLI's for a client ${name}`, () => {
      expect(cliRegistrationFileName({ ...signIn, ...change })).toBe(file);
    });
  }
});

describe("cliTokenStore()", () => {
  const folder = cliCacheFolder("/home/me");
  const path = `${folder}/0ad374308c5a4e22f723adf10145eafad7c4031c.json`;

  test("cliTokenStore() preserves the members that other programs put into the token file", async () => {
    const files = memoryFiles({ [path]: '{"accessToken": "a", "expiresAt": "x", "toolData": 7}' });
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", signIn);
    expect((await store.readToken())?.accessToken).toBe("a");
    await store.writeToken({ accessToken: "b", expiresAt: "y" });
    expect(files.files.get(path)).toBe('{"accessToken": "b", "expiresAt": "y", "toolData": 7}');
    expect(files.log).toEqual([`make ${folder}`, `write ${path}`]);
  });

  test("cliTokenStore() reads no token from a broken file, and replaces it", async () => {
    const files = memoryFiles({ [path]: "{" });
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", signIn);
    expect(await store.readToken()).toBeUndefined();
    await store.writeToken({ accessToken: "b", expiresAt: "y" });
    expect(files.files.get(path)).toBe('{"accessToken": "b", "expiresAt": "y"}');
  });

  test("cliTokenStore() stores the client for device codes in the AWS CLI's file for both flows", async () => {
    const files = memoryFiles();
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", signIn);
    const registration = { clientId: "id", clientSecret: "s", expiresAt: "z", scopes: ["a"] };
    await store.writeRegistration("device", registration);
    expect(await store.readRegistration("browser")).toEqual(registration);
    await store.removeRegistration("browser");
    expect(await store.readRegistration("device")).toBeUndefined();
  });

  test("cliTokenStore() leaves the browser's client out of the file, which older AWS CLIs use for device codes", async () => {
    const files = memoryFiles();
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", signIn);
    await store.writeRegistration("browser", { clientId: "id", clientSecret: "s", expiresAt: "z" });
    expect(files.files.size).toBe(0);
    const full = { ...files, ...noSleep, reserveReplacement: () => Promise.reject(new Error("ENOSPC")) };
    const failure = await failureOf(() =>
      cliTokenStore(full, "/home/me", signIn).writeRegistration("browser", {
        ...{ clientId: "id", clientSecret: "s", expiresAt: "z" },
      }),
    );
    expect(failure.message).toBe(`cannot write ${folder}/${cliRegistrationFileName(signIn)}: ENOSPC`);
  });

  test("cliTokenStore() removes the token", async () => {
    const files = memoryFiles({ [path]: '{"accessToken": "a", "expiresAt": "x"}' });
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", signIn);
    await store.removeToken();
    expect([...files.files.keys()]).toEqual([]);
  });
});

test("forgetCliCredentials() deletes the AWS CLI's cached Identity Center credentials, and no other file", async () => {
  const folder = "/home/me/.aws/cli/cache";
  const files = memoryFiles({
    [`${folder}/a.json`]: '{"Credentials": {}, "ProviderType": "sso"}',
    [`${folder}/b.json`]: '{"Credentials": {}}',
    [`${folder}/c.json`]: "[]",
    [`${folder}/session.db`]: "SQLite format 3",
  });
  await forgetCliCredentials(files, "/home/me");
  await forgetCliCredentials(files, "/home/absent");
  expect(files.log).toEqual([`remove ${folder}/a.json`]);
});
