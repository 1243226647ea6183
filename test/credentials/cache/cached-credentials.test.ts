import { describe, expect, test } from "bun:test";
import { acquireCached } from "../../../src/credentials/cache/cached-credentials.ts";
import { recordReads } from "../../../src/credentials/cache/recorded-reads.ts";
import type { CredentialSource } from "../../../src/credentials/credential-source.ts";
import type { CredentialKind } from "../../../src/credentials/kinds.ts";
import type { Acquired, Retrieval } from "../../../src/credentials/retrieval.ts";
import { portalsPath } from "../../../src/sso/own-token-cache.ts";
import type { PortalAccess } from "../../../src/sso/portal.ts";
import type { PortalChoice } from "../../../src/sso/portal-choice.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import { type MemoryFiles, memoryFiles } from "../../support/memory-files.ts";
import { optionsOf } from "../../support/options.ts";
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
  token: { kind: "file", path: "/var/token", source: "a variable" },
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
  /** The access key that the source gives. */
  readonly startKey?: string;
  /** Another process does this while the source is asked. */
  readonly meanwhile?: () => void;
  /** A sign-in of this process, whose token it writes. */
  readonly signIn?: string;
}

/** Acquires once with these files: whether the source was asked and the steps were run, and the warnings. */
async function acquire(files: MemoryFiles, source: CredentialSource, setup: Setup = {}): Promise<string[]> {
  const taken: string[] = [];
  const reads = recordReads(fakeSystem({ env: { HOME: "/home/me", ...setup.env }, instead: files }));
  const { system } = reads;
  const portal: PortalAccess = {
    ...{ startUrl, region: "us-east-1", tokenFile },
    prompt: "allowed" as const,
    ready: async () => Promise.reject(new Error("unexpected")),
    ask: async () => Promise.reject(new Error("unexpected")),
  };
  for (const path of ["/home/me/.aws/config", "/home/me/.aws/credentials"]) await system.readText(path);
  const retrieval: Retrieval = {
    retrieveSource: async ({ opened }) => {
      if (source.kind === "sso-role") {
        await system.readOwn(portalsPath(folder));
        await opened?.(portal);
        await system.readOwn(tokenFile);
        // A sign-in that cannot be written serves its own run all the same.
        if (setup.signIn !== undefined)
          await system.replaceFile(tokenFile, setup.signIn, "own").catch(() => {});
      }
      if (source.kind === "web-identity" && source.token.kind === "file")
        await system.readText(source.token.path);
      setup.meanwhile?.();
      taken.push("source");
      return session(setup.startKey ?? "ASIASOURCE");
    },
    askKeyPassword: async () => {},
    askMfaCode: async () => {
      files.log.push("ask");
      taken.push("code");
    },
    runSteps: async (begun) => {
      if (!setup.withSteps) return begun;
      taken.push("steps");
      return session("ASIASTEP");
    },
  };
  const { withSteps = false } = setup;
  const warnings: string[] = [];
  const said = { ...reads, system: { ...system, stderr: (line: string) => void warnings.push(line) } };
  const request = optionsOf("dumpcreds", "--use-cache");
  const clock = { clockOffset: 0 };
  await acquireCached(retrieval, { request, source, withSteps, reads: said, clock, trace: () => {} });
  return [...taken, ...warnings];
}

const written = ({ files }: MemoryFiles) =>
  [...files.keys()].filter((path) => path.includes("/credentials/")).length;

const signedIn = {
  [tokenFile]: "token",
  [portalsPath(folder)]: `{"startUrls": ["${startUrl}"]}`,
};

describe("acquireCached()", () => {
  const once: Record<string, [CredentialSource, Setup, string[]]> = {
    "a web identity's role": [web, {}, ["source"]],
    "a role of Identity Center": [named, {}, ["source"]],
    "a role of the portal used last": [latest, {}, ["source"]],
    "the role chain of an Identity Center role": [named, { withSteps: true }, ["source", "steps"]],
  };
  test.each(Object.entries(once))("acquireCached() retrieves %s once", async (_, [source, setup, taken]) => {
    const files = memoryFiles({ ...signedIn, "/var/token": "web" });
    expect(await acquire(files, source, setup)).toEqual(taken);
    expect(await acquire(files, source, setup)).toEqual([]);
    expect(written(files)).toBe(1);
  });

  test("acquireCached() asks for an MFA code before the lock is taken, and not for cached credentials", async () => {
    const files = memoryFiles();
    expect(await acquire(files, keys, { withSteps: true })).toEqual(["source", "code", "steps"]);
    const order = files.log.map((line) => line.split(" ")[0]);
    expect(order.indexOf("ask")).toBeLessThan(order.indexOf("lock"));
    expect(order).toContain("ask");
    expect(await acquire(files, keys, { withSteps: true })).toEqual(["source"]);
    expect(written(files)).toBe(1);
  });

  test("acquireCached() caches nothing of plain keys", async () => {
    const files = memoryFiles();
    expect(await acquire(files, keys)).toEqual(["source"]);
    expect(files.log).toEqual([]);
  });

  const everyTime: Record<string, CredentialSource> = {
    "an instance": instance,
    "a credential_process": process,
  };
  test.each(Object.entries(everyTime))(
    "acquireCached() asks %s each time, and caches the role chain by what that gives",
    async (_, source) => {
      const files = memoryFiles();
      expect(await acquire(files, source)).toEqual(["source"]);
      expect(await acquire(files, source)).toEqual(["source"]);
      expect(written(files)).toBe(0);
      expect(await acquire(files, source, { withSteps: true })).toEqual(["source", "code", "steps"]);
      expect(await acquire(files, source, { withSteps: true })).toEqual(["source"]);
      const other = { withSteps: true, startKey: "ASIAOTHER" };
      expect(await acquire(files, source, other)).toEqual(["source", "code", "steps"]);
      expect(written(files)).toBe(2);
    },
  );

  const changes: Record<string, [CredentialSource, string]> = {
    "the token of a web identity is another": [web, "/var/token"],
    "the sign-in is another": [named, tokenFile],
    "another portal was used last": [latest, portalsPath(folder)],
    "the config file is another": [named, "/home/me/.aws/config"],
  };
  test.each(Object.entries(changes))("acquireCached() retrieves again when %s", async (_, [source, path]) => {
    const files = memoryFiles({ ...signedIn, "/var/token": "web" });
    await acquire(files, source);
    files.files.set(path, `{"startUrls": ["${startUrl}"], "more": 1}`);
    expect(await acquire(files, source)).toContain("source");
    expect(written(files)).toBe(1);
  });

  test.each(Object.entries(changes))(
    "acquireCached() does not take its credentials for those of a file that changed after it was read: %s",
    async (_, [source, path]) => {
      const files = memoryFiles({ ...signedIn, "/var/token": "web" });
      await acquire(files, source, { meanwhile: () => files.files.set(path, "changed") });
      expect(await acquire(files, source)).toContain("source");
    },
  );

  test("acquireCached() serves a role for which this process has signed in", async () => {
    const files = memoryFiles(signedIn);
    await acquire(files, named, { signIn: "new" });
    expect(await acquire(files, named)).toEqual([]);
  });

  test("acquireCached() caches nothing of a sign-in whose token could not be written", async () => {
    const files = memoryFiles(signedIn);
    const full = {
      ...files,
      replaceFile: async (path: string, text: string) => {
        if (path === tokenFile) throw new Error("ENOSPC");
        await files.replaceFile(path, text);
      },
    };
    expect(await acquire(full, named, { signIn: "new" })).toEqual(["source"]);
    expect(await acquire(files, named)).toEqual(["source"]);
  });

  test("acquireCached() caches nothing without a folder of its own, and warns", async () => {
    const files = memoryFiles({ "/var/token": "web" });
    expect(await acquire(files, web, { env: { HOME: "" } })).toEqual([
      "source",
      "aws-login: warning: the credentials are not cached: no home directory is known",
    ]);
    expect(await acquire(files, keys, { env: { HOME: "" } })).toEqual(["source"]);
    expect(files.log).toEqual([]);
  });
});
