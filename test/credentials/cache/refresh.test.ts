import { describe, expect, test } from "bun:test";
import { type Entry, formatEntry, parseEntry } from "../../../src/credentials/cache/entry.ts";
import { failureNote } from "../../../src/credentials/cache/failure-note.ts";
import { entryPath } from "../../../src/credentials/cache/read.ts";
import {
  type CacheOptions,
  cachedOrRetrieved,
  type FreshlyAcquired,
} from "../../../src/credentials/cache/refresh.ts";
import type { Acquired, Prompting } from "../../../src/credentials/retrieval.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { keptAnswerOf, keptRole, key } from "../../support/cached-credentials.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSystem, fakeSystem, noon } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { madeUpSecret, madeUpToken } from "../../support/sts-answers.ts";

const minute = 60_000;
const path = entryPath("/own", key.request);
const auto: CacheOptions = { refresh: "auto", signIn: "auto" };
const never: CacheOptions = { ...auto, signIn: "never" };
const hour = { cached: keptRole(), note: undefined };

function session(accessKeyId: string, more: Partial<Acquired["credentials"]> = {}): FreshlyAcquired {
  return {
    acquired: {
      credentials: {
        accessKeyId,
        secretAccessKey: madeUpSecret,
        sessionToken: madeUpToken,
        expiration: noon + 99 * minute,
        ...more,
      },
      kind: "role",
      principal: "a role",
    },
    dependsOn: [],
  };
}

interface Setup {
  readonly entry?: Entry;
  /** Minutes after noon; the process begins then too. */
  readonly later?: number;
  readonly options?: CacheOptions;
  /** What acquiring comes to; default: ASIANEW. */
  readonly comes?: FreshlyAcquired | Failure;
  /** What others do while this process looks at a lock that they have, one for each look. */
  readonly busy?: ((write: (entry: Entry) => void, system: FakeSystem) => unknown)[];
  /** Why the folder is not this user's. */
  readonly foreign?: string;
  /** Milliseconds by which AWS's clock is ahead of this machine's. */
  readonly clockOffset?: number;
}

/** One process: the access key that it ends with or why it fails, how often it retrieved, and the entry after it. */
async function fly({
  entry,
  later = 0,
  options = auto,
  comes = session("ASIANEW"),
  busy = [],
  foreign,
  clockOffset = 0,
}: Setup) {
  const write = (written: Entry) => files.files.set(path, formatEntry(key, written));
  const files = memoryFiles(
    {},
    busy.map((act) => () => act(write, system)),
  );
  if (entry !== undefined) write(entry);
  const refuse = async () => Promise.reject(new Error(foreign));
  const instead = foreign === undefined ? files : { ...files, restrictFolder: refuse, checkFolder: refuse };
  const system = fakeSystem({ now: noon + later * minute, instead });
  const prompts: string[] = [];
  const traced: string[] = [];
  const clock = { clockOffset };
  const flight = { system, folder: "/own", key, options, clock, trace: (line: string) => traced.push(line) };
  const acquire = {
    ask: async () => void prompts.push("ask"),
    retrieve: async ({ prompt }: Prompting) => {
      prompts.push(prompt);
      if (comes instanceof Failure) throw comes;
      return comes;
    },
  };
  let got: string | Failure;
  try {
    got = (await cachedOrRetrieved(flight, acquire)).credentials.accessKeyId;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    got = error;
  }
  const after = files.files.get(path);
  const cached = after === undefined ? undefined : parseEntry(after, key);
  return { got, prompts, cached, traced, said: system.stderrLines, log: files.log, clock };
}

const refused = new Failure("failed", "cannot assume role: AccessDenied", { hints: ["a hint"] });
const noteOf = (failure: Failure, options: CacheOptions) => failureNote(failure, options) ?? "";

describe("cachedOrRetrieved() with cached credentials", () => {
  test("uses no entry of a folder that is not this user's, and warns that nothing is cached", async () => {
    const { got, prompts, said, log } = await fly({ entry: hour, foreign: "it is a symbolic link" });
    expect({ got, prompts, log }).toEqual({ got: "ASIANEW", prompts: ["ask", "allowed"], log: [] });
    expect(said).toEqual([
      "aws-login: warning: the credentials are not cached: cannot use the folder /own: it is a symbolic link",
    ]);
  });

  test("serves fresh ones without a lock", async () => {
    const { got, prompts, log } = await fly({ entry: hour, later: 44 });
    expect({ got, prompts, log }).toEqual({ got: "ASIAKEPT", prompts: [], log: ["restrict /own"] });
  });

  test("renews credentials that are due without a prompt, and caches the new ones", async () => {
    const { got, prompts, cached } = await fly({ entry: hour, later: 46 });
    expect({ got, prompts }).toEqual({ got: "ASIANEW", prompts: ["never"] });
    expect(cached?.cached).toMatchObject({ acquired: noon + 46 * minute, expires: noon + 99 * minute });
  });

  test("serves those that are due while another process renews them", async () => {
    const { got, prompts, log } = await fly({ entry: hour, later: 46, busy: [() => {}] });
    expect({ got, prompts }).toEqual({ got: "ASIAKEPT", prompts: [] });
    expect(log.at(-1)).toMatch(/^lock .* 0$/);
  });

  test("serves those that are due when they cannot be renewed, and leaves the others alone for a while", async () => {
    const { got, cached, traced } = await fly({ entry: hour, later: 46, comes: refused });
    expect(got).toBe("ASIAKEPT");
    expect(cached).toEqual({ cached: { ...keptRole(), retryAt: noon + 47 * minute }, note: undefined });
    expect(traced[0]).toContain("AccessDenied");
  });

  test("gets new ones when they are over", async () => {
    const { got, prompts } = await fly({ entry: hour, later: 60 });
    expect({ got, prompts }).toEqual({ got: "ASIANEW", prompts: ["ask", "allowed"] });
  });

  const passing: Record<string, CacheOptions> = {
    "--refresh on": { ...auto, refresh: "on" },
    "--sign-in always": { ...auto, signIn: "always" },
  };
  test.each(Object.entries(passing))(
    "passes over them with %s, and keeps the new ones",
    async (_, options) => {
      const { got, cached } = await fly({ entry: hour, later: 1, options });
      expect(got).toBe("ASIANEW");
      expect(cached?.cached?.answer).toContain("ASIANEW");
    },
  );

  test("keeps cached credentials when --refresh on gets no new ones", async () => {
    const options: CacheOptions = { ...auto, refresh: "on" };
    const { got, cached } = await fly({ entry: hour, later: 1, options, comes: refused });
    expect(got).toBe(refused);
    expect(cached?.cached).toEqual(keptRole());
  });

  test("--refresh on takes credentials that another process retrieved since this one began", async () => {
    const options: CacheOptions = { ...auto, refresh: "on" };
    const { got } = await fly({ entry: { cached: keptRole({ acquired: noon }), note: undefined }, options });
    expect(got).toBe("ASIAKEPT");
  });

  test("learns from cached credentials how far AWS's clock is ahead, and from none that ends when it should", async () => {
    const offset = async (expires: number, clockOffset?: number) => {
      const entry = { cached: keptRole({ expires }), note: undefined };
      return (await fly({ entry, ...(clockOffset === undefined ? {} : { clockOffset }) })).clock.clockOffset;
    };
    expect(await offset(noon + 40 * minute)).toBe(20 * minute);
    expect(await offset(noon + 60 * minute + 999)).toBe(0);
    // What this run has learned itself is newer.
    expect(await offset(noon + 40 * minute, 5 * minute)).toBe(5 * minute);
  });

  test("does not take an entry whose description is damaged", async () => {
    const entry = { cached: keptRole({ about: "{}" }), note: undefined };
    expect((await fly({ entry })).got).toBe("ASIANEW");
  });
});

describe("cachedOrRetrieved() without cached credentials", () => {
  test("retrieves credentials and caches them", async () => {
    const { got, cached, prompts } = await fly({});
    expect({ got, prompts }).toEqual({ got: "ASIANEW", prompts: ["ask", "allowed"] });
    expect(cached?.cached).toMatchObject({ acquired: noon, expires: noon + 99 * minute, retryAt: 0 });
    const { answer = "" } = cached?.cached ?? {};
    expect(JSON.parse(answer)).toMatchObject({ Version: 1, Expiration: "2030-01-31T13:39:00Z" });
  });

  test("caches the expiration by this machine's clock, and prints AWS's", async () => {
    const { cached } = await fly({ clockOffset: 60 * minute });
    expect(cached?.cached?.expires).toBe(noon + 39 * minute);
    expect(JSON.parse(cached?.cached?.answer ?? "")).toMatchObject({ Expiration: "2030-01-31T13:39:00Z" });
  });

  const unkept: Record<string, FreshlyAcquired> = {
    "keys without a session token": {
      ...session("AKIANEW"),
      acquired: {
        ...session("AKIANEW").acquired,
        credentials: { accessKeyId: "AKIANEW", secretAccessKey: madeUpSecret },
      },
    },
    "credentials with unknown dependencies": { ...session("AKIANEW"), dependsOn: undefined },
  };
  test.each(Object.entries(unkept))(
    "never writes %s, and leaves a note for the processes that wait",
    async (_, comes) => {
      const { got, cached } = await fly({ comes });
      expect(got).toBe("AKIANEW");
      expect(cached).toEqual({ cached: undefined, note: { at: noon, text: "nothing cached" } });
    },
  );

  test("takes credentials that another process retrieved meanwhile", async () => {
    const { got, prompts } = await fly({ busy: [(write) => write(hour)] });
    expect({ got, prompts }).toEqual({ got: "ASIAKEPT", prompts: ["ask"] });
  });

  test("fails as the process failed for which it waited", async () => {
    const busy = [
      (write: (entry: Entry) => void) =>
        write({ cached: undefined, note: { at: noon, text: noteOf(refused, never) } }),
    ];
    const { got, prompts } = await fly({ options: never, busy });
    expect(prompts).toEqual(["ask"]);
    expect(got).toMatchObject({ kind: "failed", message: refused.message, hints: ["a hint"] });
  });

  const ownWay: Record<string, Setup> = {
    "failed before this one began": { later: 1, options: never },
    "may not do the same": { options: auto },
    "had no MFA code": { options: { ...never, mfaToken: "123456" } },
  };
  test.each(Object.entries(ownWay))("tries itself where the other %s", async (_, setup) => {
    const entry = { cached: undefined, note: { at: noon, text: noteOf(refused, never) } };
    expect((await fly({ ...setup, entry })).got).toBe("ASIANEW");
  });

  test("does not wait for a process whose credentials must not be cached", async () => {
    const busy = [
      (write: (entry: Entry) => void) =>
        write({ cached: undefined, note: { at: noon, text: "nothing cached" } }),
    ];
    const { got, log } = await fly({ busy });
    expect(got).toBe("ASIANEW");
    expect(log.filter((line) => line.startsWith("lock"))).toHaveLength(1);
  });

  test("leaves its own failure to the others, but no interruption", async () => {
    const { got, cached } = await fly({ comes: refused });
    expect(got).toBe(refused);
    expect(cached?.note).toEqual({ at: noon, text: noteOf(refused, auto) });
    const interrupted = new Failure("interrupted", "interrupted while waiting");
    expect((await fly({ comes: interrupted })).cached).toBeUndefined();
  });

  test("goes on without the lock when another process has it for ten seconds, and caches what it gets", async () => {
    const pass = (_write: unknown, system: FakeSystem) => system.advance(5_000);
    const { got, said, prompts, cached } = await fly({ busy: [pass, pass, pass] });
    expect({ got, said, prompts }).toEqual({ got: "ASIANEW", said: [], prompts: ["ask", "allowed"] });
    expect(cached?.cached?.answer).toContain("ASIANEW");
  });

  test("serves its credentials also when they cannot be written, and warns", async () => {
    const instead = { ...memoryFiles(), replaceFile: async () => Promise.reject(new Error("ENOSPC")) };
    for (const [dependsOn, warnings] of [
      [[], [`aws-login: warning: the credentials are not cached: cannot write ${path}: ENOSPC`]],
      // These were not to be cached.
      [undefined, []],
    ] as const) {
      const system = fakeSystem({ instead });
      const flight = {
        system,
        folder: "/own",
        key,
        options: auto,
        clock: { clockOffset: 0 },
        trace: () => {},
      };
      const retrieve = async () => ({ ...session("ASIANEW"), dependsOn });
      const { credentials } = await cachedOrRetrieved(flight, { ask: async () => {}, retrieve });
      expect(credentials.accessKeyId).toBe("ASIANEW");
      expect(system.stderrLines).toEqual([...warnings]);
    }
  });

  test("passes on an error that is not a Failure", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const clock = { clockOffset: 0 };
    const flight = { system, folder: "/own", key, options: auto, clock, trace: () => {} };
    const retrieve = async () => Promise.reject(new TypeError("a defect"));
    const defect = cachedOrRetrieved(flight, { ask: async () => {}, retrieve });
    await expect(defect).rejects.toThrow(TypeError);
  });
});

test("the answer in a cache entry is that of formatCredentialHelper()", async () => {
  const { cached } = await fly({ comes: session("ASIANEW", { accountId: "012345678901" }) });
  const expected = keptAnswerOf("ASIANEW", noon + 99 * minute).replace(
    "}\n",
    ',"AccountId":"012345678901"}\n',
  );
  expect(cached?.cached?.answer).toBe(expected);
  expect(await failureOf(async () => Promise.reject(refused))).toBe(refused);
});
