import { describe, expect, test } from "bun:test";
import { acquireCached } from "../../../src/credentials/cache/cached-credentials.ts";
import type { CredentialKind, CredentialSource } from "../../../src/credentials/plan.ts";
import type { Acquired, Retrieval } from "../../../src/credentials/retrieval.ts";
import { portalsPath } from "../../../src/sso/own-token-cache.ts";
import type { PortalAccess } from "../../../src/sso/portal.ts";
import type { PortalChoice } from "../../../src/sso/portal-choice.ts";
import { key } from "../../support/cached-credentials.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import { type MemoryFiles, memoryFiles } from "../../support/memory-files.ts";
import { madeUpSecret, madeUpToken } from "../../support/sts-answers.ts";

const folder = "/home/me/.aws-login";
const startUrl = "https://one.awsapps.com/start";
const tokenFile = `${folder}/tokens/one.json`;

const from = "a test";
const keys: CredentialSource = {
  kind: "keys",
  from,
  credentials: { accessKeyId: "AKIA", secretAccessKey: madeUpSecret },
};
const process: CredentialSource = { kind: "process", from, command: "helper", accountId: undefined };
const web: CredentialSource = {
  ...{ kind: "web-identity", from, roleArn: "arn:role", roleSessionName: undefined },
  ...{ tokenFile: "/var/token", tokenSource: "a variable" },
};
const instance: CredentialSource = { kind: "instance-metadata", from, skipped: [] };
const ssoRole = (portal: PortalChoice): CredentialSource => ({
  ...{ kind: "sso-role", from, accountId: "111111111111", roleName: "Reader", portal },
});
const named = ssoRole({ kind: "own", startUrl, region: undefined });
const latest = ssoRole({ kind: "own", startUrl: undefined, region: undefined });

function session(accessKeyId: string, kind: CredentialKind = "role"): Acquired {
  const credentials = { accessKeyId, secretAccessKey: madeUpSecret, sessionToken: madeUpToken };
  return { credentials: { ...credentials, expiration: noon + 3_600_000 }, kind, principal: "a role" };
}

interface Setup {
  readonly withSteps?: boolean;
  readonly env?: Record<string, string>;
  /** The key id of the start's credentials. */
  readonly startKey?: string;
  /** Happens after the portal was asked for its token. */
  readonly meanwhile?: () => void;
}

/** Acquires once more with these files, and says which of start and hops were taken for it, and of what was warned. */
async function acquire(files: MemoryFiles, start: CredentialSource, setup: Setup = {}): Promise<string[]> {
  const taken: string[] = [];
  const portal: PortalAccess = {
    ...{ startUrl, region: "us-east-1", tokenFile },
    ready: async () => {
      taken.push("token");
      setup.meanwhile?.();
      return { until: "" };
    },
    ask: async () => Promise.reject(new Error("nobody asks")),
  };
  const retrieval: Retrieval = {
    retrieveSource: async ({ opened }) => {
      if (start.kind === "sso-role") await opened?.(portal);
      taken.push("start");
      return session(setup.startKey ?? "ASIASTART");
    },
    runSteps: async (begun) => {
      if (!setup.withSteps) return begun;
      taken.push("steps");
      return session("ASIAHOP");
    },
  };
  const system = fakeSystem({ env: { HOME: "/home/me", ...setup.env }, instead: files });
  const options = { refresh: "auto", signIn: "auto" } as const;
  const { withSteps = false } = setup;
  const clock = { clockOffset: 0 };
  await acquireCached(retrieval, { key, start, withSteps, options, system, clock, trace: () => {} });
  return [...taken, ...system.stderrLines];
}

const written = ({ files }: MemoryFiles) =>
  [...files.keys()].filter((path) => path.includes("/credentials/")).length;

describe("acquireCached()", () => {
  const once: Record<string, [CredentialSource, Setup, string[]]> = {
    "roles of keys": [keys, { withSteps: true }, ["start", "steps"]],
    "a helper's answer": [process, {}, ["start"]],
    "roles of a helper's answer": [process, { withSteps: true }, ["start", "steps"]],
    "a web identity's role": [web, {}, ["start"]],
    "a role of Identity Center": [named, {}, ["token", "start"]],
    "a role of the portal used last": [latest, {}, ["token", "start"]],
    "roles of a role of Identity Center": [named, { withSteps: true }, ["token", "start", "steps"]],
  };
  test.each(Object.entries(once))("acquireCached() gets %s once", async (_, [start, setup, taken]) => {
    const files = memoryFiles({
      [tokenFile]: "token",
      [portalsPath(folder)]: `{"startUrls": ["${startUrl}"]}`,
    });
    expect(await acquire(files, start, setup)).toEqual(taken);
    expect(await acquire(files, start, setup)).toEqual([]);
    expect(written(files)).toBe(1);
  });

  test("acquireCached() keeps nothing of keys that are at hand", async () => {
    const files = memoryFiles();
    expect(await acquire(files, keys)).toEqual(["start"]);
    expect(files.log).toEqual([]);
  });

  test("acquireCached() asks an instance each time, and keeps the roles of what that gives", async () => {
    const files = memoryFiles();
    expect(await acquire(files, instance)).toEqual(["start"]);
    expect(written(files)).toBe(0);
    expect(await acquire(files, instance, { withSteps: true })).toEqual(["start", "steps"]);
    expect(await acquire(files, instance, { withSteps: true })).toEqual(["start"]);
    const other = { withSteps: true, startKey: "ASIAOTHER" };
    expect(await acquire(files, instance, other)).toEqual(["start", "steps"]);
    expect(written(files)).toBe(2);
  });

  test("acquireCached() runs a helper again in another environment", async () => {
    const files = memoryFiles();
    expect(await acquire(files, process, { env: { VAULT: "one" } })).toEqual(["start"]);
    expect(await acquire(files, process, { env: { VAULT: "two" } })).toEqual(["start"]);
    expect(await acquire(files, process, { env: { VAULT: "one" } })).toEqual([]);
  });

  const changes: Record<string, [CredentialSource, string]> = {
    "the token of a web identity is another": [web, "/var/token"],
    "the sign-in is another": [named, tokenFile],
    "another portal was used last": [latest, portalsPath(folder)],
  };
  test.each(Object.entries(changes))("acquireCached() begins anew when %s", async (_, [start, path]) => {
    const files = memoryFiles({
      [tokenFile]: "token",
      [portalsPath(folder)]: `{"startUrls": ["${startUrl}"]}`,
    });
    await acquire(files, start);
    files.files.set(path, `{"startUrls": ["${startUrl}"], "more": 1}`);
    expect(await acquire(files, start)).toContain("start");
    expect(written(files)).toBe(1);
  });

  test("acquireCached() serves a role of a portal that was signed in to for it", async () => {
    const files = memoryFiles({ [portalsPath(folder)]: `{"startUrls": ["${startUrl}"]}` });
    await acquire(files, named, { meanwhile: () => files.files.set(tokenFile, "new") });
    expect(await acquire(files, named)).toEqual([]);
  });

  test("acquireCached() keeps nothing when somebody signs in elsewhere meanwhile", async () => {
    const files = memoryFiles({
      [tokenFile]: "token",
      [portalsPath(folder)]: `{"startUrls": ["${startUrl}"]}`,
    });
    const meanwhile = () => {
      files.files.set(portalsPath(folder), '{"startUrls": ["https://two.awsapps.com/start"]}');
    };
    await acquire(files, latest, { meanwhile });
    expect(await acquire(files, latest)).toContain("start");
  });

  test("acquireCached() keeps nothing where there can be no folder, and warns", async () => {
    const files = memoryFiles();
    expect(await acquire(files, web, { env: { HOME: "" } })).toEqual([
      "start",
      "aws-login: warning: the credentials are not kept: no home directory is known",
    ]);
    expect(await acquire(files, keys, { env: { HOME: "" } })).toEqual(["start"]);
    expect(files.log).toEqual([]);
  });
});
