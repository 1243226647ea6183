import { expect, test } from "bun:test";
import { watchSignIns } from "../../src/endpoint/watch-sign-ins.ts";
import type { Environment } from "../../src/system/types.ts";

const places = [
  "/home/me/.aws/sso/cache/one.json",
  "/home/me/.aws/login/cache/one.json",
  "/home/me/.aws-login/tokens/one.json",
  "/home/me/.aws-login/credentials/one",
  "/home/me/.aws/config",
  "/home/me/.aws/credentials",
];

/** The files, each with the time at which it was written. */
function watched(written: ReadonlyMap<string, number>, env: Environment = {}) {
  return watchSignIns({
    env: { HOME: "/home/me", ...env },
    home: async () => undefined,
    writtenAt: (path) => written.get(path),
    listFolder: async (folder) => {
      if (folder.includes("login/cache") && !written.has(`${folder}/one.json`)) throw new Error("EACCES");
      return [...written.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1));
    },
  });
}

test.each(places)("watchSignIns() sees that %s is written in place, or made", async (place) => {
  const written = new Map(places.map((path) => [path, 1]));
  const fingerprint = await watched(written);
  const before = await fingerprint();
  expect(await fingerprint()).toBe(before);
  written.set(place, 2);
  const changed = await fingerprint();
  expect(changed).not.toBe(before);
  written.delete(place);
  expect(await fingerprint()).not.toBe(changed);
});

test("watchSignIns() looks where AWS_LOGIN_CACHE_DIRECTORY has the sign-ins of aws login", async () => {
  const written = new Map([["/home/me/logins/one.json", 1]]);
  const fingerprint = await watched(written, { AWS_LOGIN_CACHE_DIRECTORY: "~/logins/" });
  const before = await fingerprint();
  written.set("/home/me/logins/one.json", 2);
  expect(await fingerprint()).not.toBe(before);
});
