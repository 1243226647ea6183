import { describe, expect, test } from "bun:test";
import { ownPortals, tokenAt } from "../../src/commands/stored-sign-ins.ts";
import { formatEntry } from "../../src/credentials/cache/entry.ts";
import { entryPath } from "../../src/credentials/cache/read.ts";
import type { Failure } from "../../src/lib/errors.ts";
import { lockPath } from "../../src/lib/lock.ts";
import { ownTokenPath, storeImportedToken } from "../../src/sso/own-token-cache.ts";
import { keptRole, key } from "../support/cached-credentials.ts";
import { fakeHttpClient } from "../support/fake-http-client.ts";
import { caller, portalUrl } from "../support/fake-portal.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const token = { startUrl, region: "eu-west-1", accessToken: "t", expiresAt: "2030-01-31T13:00:00Z" };

async function contextWithToken(
  home: string | undefined,
  busy: (() => unknown)[] = [],
  signIn: "auto" | "never" = "auto",
) {
  const files = memoryFiles({}, busy);
  await storeImportedToken(files, "/home/me/.aws-login", startUrl, token, {});
  const system = fakeSystem({ instead: files });
  return {
    files,
    system,
    home,
    http: fakeHttpClient(system),
    endpoint: () => caller(system, portalUrl).endpoint,
    options: { refresh: "auto", signIn, useDeviceCode: false, noBrowser: false, nrt: false },
  } as const;
}

test("ownPortals() has every portal of the own cache, and none where there can be no cache", async () => {
  const fail = (why: Failure) => {
    throw why;
  };
  expect(await ownPortals(await contextWithToken("/home/me"), fail)).toEqual([
    { kind: "own", startUrl, region: undefined },
  ]);
  expect(await ownPortals(await contextWithToken(undefined), fail)).toEqual([]);
});

test("tokenAt() has the token and its own region", async () => {
  const context = await contextWithToken("/home/me");
  const found = await tokenAt({ kind: "own", startUrl, region: undefined }, context);
  await found.remove();
  expect((await tokenAt({ kind: "own", startUrl, region: undefined }, context)).token).toBeUndefined();
  expect([found.token?.accessToken, found.region(), found.name]).toEqual(["t", "eu-west-1", startUrl]);
  const other = { kind: "own", startUrl: "https://x.awsapps.com/start", region: undefined } as const;
  expect((await tokenAt(other, context)).token).toBeUndefined();
});

test("tokenAt() finds a token whose region is none, which can be deleted all the same", async () => {
  const context = await contextWithToken("/home/me");
  const own = { kind: "own", startUrl, region: undefined } as const;
  await storeImportedToken(
    context.files,
    "/home/me/.aws-login",
    startUrl,
    { ...token, region: "bad region!" },
    {},
  );
  const { token: found, region, remove } = await tokenAt(own, context);
  expect(found?.accessToken).toBe("t");
  expect(region).toThrow("is no region");
  await remove();
  expect((await tokenAt(own, context)).token).toBeUndefined();
});

test("tokenAt() removes the credentials before the token, by which the next one would find them", async () => {
  const context = await contextWithToken("/home/me");
  const folder = "/home/me/.aws-login";
  const dependsOn = [ownTokenPath(folder, startUrl), "a mark"];
  const entry = entryPath(folder, key.request);
  context.files.files.set(entry, formatEntry(key, { cached: { ...keptRole(), dependsOn }, note: undefined }));
  const { remove } = await tokenAt({ kind: "own", startUrl, region: undefined }, context);
  await remove();
  expect(context.files.log.filter((line) => line.startsWith("remove "))).toEqual([
    `remove ${entry}`,
    `remove ${ownTokenPath(folder, startUrl)}`,
  ]);
});

describe("tokenAt() of a portal at which another process is busy", () => {
  const own = { kind: "own", startUrl, region: undefined } as const;
  const path = ownTokenPath("/home/me/.aws-login", startUrl);
  /** What is stored after a removal, and what was done on the way. Another process has the lock for so many milliseconds. */
  async function removal(
    busy: readonly number[],
    written: (files: Map<string, string>) => void = () => {},
    signIn: "auto" | "never" = "auto",
  ) {
    const turns: (() => unknown)[] = [];
    const context = await contextWithToken("/home/me", turns, signIn);
    const { files } = context;
    const found = await tokenAt(own, context);
    turns.push(...busy.map((milliseconds) => () => context.system.advance(milliseconds)));
    files.log.length = 0;
    const { removeFile } = files;
    let removals = 0;
    const system = {
      ...context.system,
      removeFile: async (file: string) => {
        await removeFile(file);
        if (file === path && removals++ === 0) written(files.files);
      },
    };
    const { remove } = await tokenAt(own, { ...context, system });
    await remove();
    const lock = lockPath("/home/me/.aws-login", path);
    const waits = files.log
      .filter((line) => line.startsWith(`lock ${lock} `))
      .map((line) => line.split(" ")[2]);
    const { stderrLines: lines } = context.system;
    return { token: found.token, stored: files.files.get(path), waits, lines, traced: context.http.traced };
  }

  test("tokenAt() waits as long as a renewal may take before it removes the token", async () => {
    const said = `waiting for another aws-login that renews the sign-in to ${startUrl}`;
    const { stored, waits, lines } = await removal(Array(6).fill(10_000));
    expect(stored).toBeUndefined();
    expect(waits).toEqual(["60000"]);
    expect(lines).toEqual([expect.stringContaining(said)]);
    const quiet = await removal([10_000], undefined, "never");
    expect([quiet.lines, quiet.traced]).toEqual([[], expect.arrayContaining([said])]);
  });

  test("tokenAt() looks once more after it has removed a token without the lock", async () => {
    const comesBack = (files: Map<string, string>) => files.set(path, JSON.stringify(token));
    expect((await removal([60_000], comesBack)).stored).toBeUndefined();
  });
});
