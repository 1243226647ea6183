import { describe, expect, test } from "bun:test";
import type { Failure } from "../../src/lib/errors.ts";
import { lockPath } from "../../src/lib/lock.ts";
import { logout, ownPortals } from "../../src/sso/logout.ts";
import { ownTokenPath, storeImportedToken } from "../../src/sso/own-token-cache.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { fakeHttpClient } from "../support/fake-http-client.ts";
import { noSealing } from "../support/fake-key-store.ts";
import { caller, json, portalUrl } from "../support/fake-portal.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const folder = "/home/me/.aws-login";
const path = ownTokenPath(folder, startUrl);
const own = { kind: "own", startUrl, region: undefined } as const;
const token = { startUrl, region: "eu-west-1", accessToken: "canary", expiresAt: "2030-01-31T13:00:00Z" };

interface Setup {
  readonly home?: string | undefined;
  readonly stored?: Partial<typeof token>;
  readonly signIn?: "auto" | "never";
  /** What the portal answers to Logout; absent: it is not asked. */
  readonly reply?: Response | Error;
  /** Another process has the lock for so many milliseconds, one turn after the other. */
  readonly busy?: readonly number[];
}

async function contextWithToken(setup: Setup = {}) {
  const { stored = {}, signIn = "auto", reply, busy = [] } = setup;
  const turns: (() => unknown)[] = [];
  const files = memoryFiles({}, turns);
  await storeImportedToken(files, folder, startUrl, { ...token, ...stored }, {}, noSealing);
  const system = fakeSystem({ instead: files });
  turns.push(...busy.map((milliseconds) => () => system.advance(milliseconds)));
  files.log.length = 0;
  if (reply !== undefined) system.expect("POST", `${portalUrl}/logout`, reply);
  const regions: string[] = [];
  return {
    files,
    system,
    regions,
    home: "home" in setup ? setup.home : "/home/me",
    http: fakeHttpClient(system),
    endpoint: (_service: string, region: string) => {
      regions.push(region);
      return caller(system, portalUrl).endpoint;
    },
    options: { refresh: "auto", signIn, useDeviceCode: false, noBrowser: false, remote: false, nrt: false },
    forgetCredentials: async (ofFolder: string, tokenFile: string) =>
      void files.log.push(`forget ${ofFolder} ${tokenFile}`),
  } as const;
}

const revoked = () => new Response("");

test("ownPortals() has every portal of the own cache, and none where there can be no cache", async () => {
  const fail = (why: Failure) => {
    throw why;
  };
  expect(await ownPortals(await contextWithToken(), fail)).toEqual([own]);
  expect(await ownPortals(await contextWithToken({ home: undefined }), fail)).toEqual([]);
});

describe("logout()", () => {
  test("logout() revokes the token in its own region and deletes it", async () => {
    const context = await contextWithToken({ reply: revoked() });
    expect(await logout(own, context)).toEqual({ was: "signed-in", name: startUrl });
    expect([context.files.files.has(path), context.regions]).toEqual([false, ["eu-west-1"]]);
    expect(await logout(own, context)).toEqual({ was: "not-signed-in", name: startUrl });
  });

  test("logout() deletes the credentials before the token, by which the next logout finds them, and after it", async () => {
    const context = await contextWithToken({ reply: revoked() });
    await logout(own, context);
    const forget = `forget ${folder} ${path}`;
    const removals = context.files.log.filter((line) => /^(remove|forget) /.test(line));
    expect(removals.filter((line) => line === forget || line === `remove ${path}`)).toEqual([
      forget,
      `remove ${path}`,
      forget,
    ]);
  });

  test("logout() takes a token that the portal does not know for revoked", async () => {
    const reply = json(401, { __type: "UnauthorizedException", message: "no" });
    expect((await logout(own, await contextWithToken({ reply }))).was).toBe("signed-in");
  });

  test("logout() deletes a token whose stored region is invalid, and says that it is not revoked", async () => {
    const context = await contextWithToken({ stored: { region: "bad region!" } });
    const failure = await failureOf(() => logout(own, context));
    expect(failure.message).toContain("is not a region");
    expect(context.files.files.has(path)).toBe(false);
  });

  const lives: Record<string, [expiresAt: string, life: string]> = {
    "is valid": ["2030-01-31T13:00:00Z", "may be good until 2030-01-31T13:00:00Z"],
    "has ended": ["2030-01-31T11:00:00Z", "ended at 2030-01-31T11:00:00Z"],
  };
  test.each(Object.entries(lives))(
    "logout() says that a token that %s is not revoked",
    async (_, [expiresAt, life]) => {
      const reply = json(403, { __type: "ForbiddenException", message: "no" });
      const context = await contextWithToken({ stored: { expiresAt }, reply });
      const failure = await failureOf(() => logout(own, context));
      expect(failure.message).toBe(
        `cannot revoke the token of ${startUrl}, which is deleted here and ${life}: ForbiddenException: no`,
      );
      // What the refusal hints at does not help after the token is deleted.
      expect([failure.kind, failure.hints]).toEqual(["failed", [expect.stringContaining("Active sessions")]]);
      expect(shownText(failure)).not.toContain("canary");
      expect(context.files.files.has(path)).toBe(false);
    },
  );
});

describe("logout() while another process has the lock", () => {
  const said = `waiting for another aws-login that renews the sign-in to ${startUrl}`;

  test("logout() waits as long as a renewal may take before it removes the token", async () => {
    const context = await contextWithToken({ reply: revoked(), busy: Array(6).fill(10_000) });
    await logout(own, context);
    const lock = `lock ${lockPath(folder, path)} `;
    expect(context.files.log.filter((line) => line.startsWith(lock))).toEqual([`${lock}60000`]);
    expect(context.files.files.has(path)).toBe(false);
    expect(context.system.stderrLines).toEqual([expect.stringContaining(said)]);
  });

  test("logout() writes to the trace alone where a sign-in is forbidden", async () => {
    const context = await contextWithToken({ reply: revoked(), busy: [10_000], signIn: "never" });
    await logout(own, context);
    expect(context.system.stderrLines).toEqual([]);
    expect(context.http.traced).toContain(said);
  });

  test("logout() removes once more a token that appears right after a removal without the lock", async () => {
    const context = await contextWithToken({ reply: revoked(), busy: [60_000] });
    let removals = 0;
    const removeFile = async (file: string) => {
      await context.files.removeFile(file);
      if (file === path && removals++ === 0) context.files.files.set(path, JSON.stringify(token));
    };
    await logout(own, { ...context, system: { ...context.system, removeFile } });
    expect([removals, context.files.files.has(path)]).toEqual([2, false]);
  });
});
