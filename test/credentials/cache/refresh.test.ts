import { describe, expect, test } from "bun:test";
import { type Entry, formatEntry, parseEntry } from "../../../src/credentials/cache/entry.ts";
import { failureNote } from "../../../src/credentials/cache/failure-note.ts";
import { entryPath } from "../../../src/credentials/cache/read.ts";
import {
  type FlightOptions,
  type FreshlyAcquired,
  singleFlight,
} from "../../../src/credentials/cache/refresh.ts";
import type { Acquired, Prompting } from "../../../src/credentials/retrieval.ts";
import { Failure, type FailureKind } from "../../../src/lib/errors.ts";
import { keptAnswerOf, keptRole, key } from "../../support/cached-credentials.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { madeUpSecret, madeUpToken } from "../../support/sts-answers.ts";

const minute = 60_000;
const path = entryPath("/own", key.request);
const auto: FlightOptions = { refresh: "auto", signIn: "auto" };
const never: FlightOptions = { ...auto, signIn: "never" };
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
  readonly options?: FlightOptions;
  /** What acquiring comes to; default: ASIANEW. */
  readonly comes?: FreshlyAcquired | Failure;
  /** What others do while this process looks at a lock that they have, one for each look. */
  readonly busy?: ((write: (entry: Entry) => void) => void)[];
  /** Why the folder is not this user's. */
  readonly foreign?: string;
  /** Why the file of the entry is not to be believed. */
  readonly unreadable?: string;
  /** Milliseconds by which AWS's clock is ahead of this machine's. */
  readonly clockOffset?: number;
}

/** One process's flight: whose key it ends with or why it fails, how often it acquired, and what is kept then. */
async function fly({
  entry,
  later = 0,
  options = auto,
  comes = session("ASIANEW"),
  busy = [],
  foreign,
  unreadable,
  clockOffset = 0,
}: Setup) {
  const write = (written: Entry) => files.files.set(path, formatEntry(key, written));
  const files = memoryFiles(
    {},
    busy.map((act) => () => act(write)),
  );
  if (entry !== undefined) write(entry);
  const refuse = async () => Promise.reject(new Error(foreign));
  const unread =
    unreadable === undefined ? {} : { readOwn: async () => Promise.reject(new Error(unreadable)) };
  const instead =
    foreign === undefined
      ? { ...files, ...unread }
      : { ...files, restrictFolder: refuse, checkFolder: refuse };
  const system = fakeSystem({ now: noon + later * minute, instead });
  const prompts: string[] = [];
  const traced: string[] = [];
  const clock = { clockOffset };
  const flight = { system, folder: "/own", key, options, clock, trace: (line: string) => traced.push(line) };
  const acquire = async ({ prompt }: Prompting) => {
    prompts.push(prompt);
    if (comes instanceof Failure) throw comes;
    return comes;
  };
  let got: string | Failure;
  try {
    got = (await singleFlight(flight, acquire)).credentials.accessKeyId;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    got = error;
  }
  const after = files.files.get(path);
  const cached = after === undefined ? undefined : parseEntry(after, key);
  return { got, prompts, cached, traced, said: system.stderrLines, log: files.log };
}

const refused = new Failure("failed", "cannot assume role: AccessDenied", { hints: ["a hint"] });
const noteOf = (failure: Failure, options: FlightOptions) => failureNote(failure, options) ?? "";

describe("singleFlight(), with credentials that are kept", () => {
  test("uses none of a folder that is not this user's, and says that none are kept", async () => {
    const { got, prompts, said, log } = await fly({ entry: hour, foreign: "it is a symbolic link" });
    expect({ got, prompts, log }).toEqual({ got: "ASIANEW", prompts: ["allowed"], log: [] });
    expect(said).toEqual([
      "aws-login: warning: the credentials are not cached: cannot use the folder /own: it is a symbolic link",
    ]);
  });

  test("passes over those that are not to be believed, says so once, and keeps new ones", async () => {
    const { got, said, log } = await fly({ entry: hour, unreadable: "others may write to it" });
    expect([got, log.includes(`write ${path}`)]).toEqual(["ASIANEW", true]);
    expect(said).toEqual([
      `aws-login: warning: the credentials that are kept are passed over: cannot read ${path}: others may write to it`,
    ]);
  });

  test("serves fresh ones without a lock", async () => {
    const { got, prompts, log } = await fly({ entry: hour, later: 44 });
    expect({ got, prompts, log }).toEqual({ got: "ASIAKEPT", prompts: [], log: ["narrow /own"] });
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
    expect({ got, prompts }).toEqual({ got: "ASIANEW", prompts: ["allowed"] });
  });

  const passing: Record<string, FlightOptions> = {
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

  test("does not lose them when new ones that were asked for cannot be had", async () => {
    const options: FlightOptions = { ...auto, refresh: "on" };
    const { got, cached } = await fly({ entry: hour, later: 1, options, comes: refused });
    expect(got).toBe(refused);
    expect(cached?.cached).toEqual(keptRole());
  });

  test("--refresh on takes what another process got since this one began", async () => {
    const options: FlightOptions = { ...auto, refresh: "on" };
    const { got } = await fly({ entry: { cached: keptRole({ acquired: noon }), note: undefined }, options });
    expect(got).toBe("ASIAKEPT");
  });

  test("does not take an entry that somebody has written into", async () => {
    const entry = { cached: keptRole({ about: "{}" }), note: undefined };
    expect((await fly({ entry })).got).toBe("ASIANEW");
  });
});

describe("singleFlight(), with none", () => {
  test("gets some and keeps them", async () => {
    const { got, cached, prompts } = await fly({});
    expect({ got, prompts }).toEqual({ got: "ASIANEW", prompts: ["allowed"] });
    expect(cached?.cached).toMatchObject({ acquired: noon, expires: noon + 99 * minute, retryAt: 0 });
    const { answer = "" } = cached?.cached ?? {};
    expect(JSON.parse(answer)).toMatchObject({ Version: 1, Expiration: "2030-01-31T13:39:00Z" });
  });

  test("keeps the end of its credentials by this machine's clock, and answers with AWS's", async () => {
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
    "credentials of which nobody knows what they depend on": { ...session("AKIANEW"), dependsOn: undefined },
  };
  test.each(Object.entries(unkept))(
    "never writes %s, and says to the others that there is nothing",
    async (_, comes) => {
      const { got, cached } = await fly({ comes });
      expect(got).toBe("AKIANEW");
      expect(cached).toEqual({ cached: undefined, note: { at: noon, text: "nothing to keep" } });
    },
  );

  test("takes what another process got meanwhile", async () => {
    const { got, prompts } = await fly({ busy: [(write) => write(hour)] });
    expect({ got, prompts }).toEqual({ got: "ASIAKEPT", prompts: [] });
  });

  test("fails as the process failed for which it waited", async () => {
    const busy = [
      (write: (entry: Entry) => void) =>
        write({ cached: undefined, note: { at: noon, text: noteOf(refused, never) } }),
    ];
    const { got, prompts } = await fly({ options: never, busy });
    expect(prompts).toEqual([]);
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

  test("does not wait where the other had nothing to keep", async () => {
    const busy = [
      (write: (entry: Entry) => void) =>
        write({ cached: undefined, note: { at: noon, text: "nothing to keep" } }),
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

  const limits: Record<string, [FlightOptions, string, FailureKind]> = {
    "a minute, and then for a person's help,": [never, "60 s", "sign-in-needed"],
    "as long as a sign-in may take, where there may be one,": [auto, "660 s", "failed"],
  };
  test.each(Object.entries(limits))("waits for %s and says so", async (_, [options, seconds, kind]) => {
    const { got, said, traced, log } = await fly({ options, busy: [() => {}, () => {}] });
    expect(got).toBeInstanceOf(Failure);
    expect(got).toMatchObject({ kind, message: expect.stringContaining(seconds) });
    const told = kind === "failed" ? said : traced;
    expect(told.join("\n")).toContain("waiting for another aws-login that gets the same credentials");
    // Credential helpers stay silent.
    if (kind === "sign-in-needed") expect(said).toEqual([]);
    const waited = log
      .filter((line) => line.startsWith("lock"))
      .map((line) => Number(line.split(" ").at(-1)));
    expect(waited.reduce((sum, wait) => sum + wait, 0)).toBe(Number.parseInt(seconds, 10) * 1000);
  });

  /** What is said and traced by a flight for which one kind of access to files fails. */
  async function flyWithout(broken: "replaceFile" | "listFolder", comes = session("ASIANEW")) {
    const instead = { ...memoryFiles(), [broken]: async () => Promise.reject(new Error("ENOSPC")) };
    const system = fakeSystem({ instead });
    const traced: string[] = [];
    const trace = (line: string) => traced.push(line);
    const flight = { system, folder: "/own", key, options: auto, clock: { clockOffset: 0 }, trace };
    const { credentials } = await singleFlight(flight, async () => comes);
    return { got: credentials.accessKeyId, said: system.stderrLines, traced };
  }

  test("serves its credentials also when they cannot be written, and warns", async () => {
    const { got, said } = await flyWithout("replaceFile");
    expect(got).toBe("ASIANEW");
    expect(said).toEqual([
      `aws-login: warning: the credentials are not cached: cannot write ${path}: ENOSPC`,
    ]);
  });

  test("does not warn of credentials that were not to be kept", async () => {
    const { said } = await flyWithout("replaceFile", { ...session("ASIANEW"), dependsOn: undefined });
    expect(said).toEqual([]);
  });

  test("only traces that old entries cannot be cleared away", async () => {
    const { got, said, traced } = await flyWithout("listFolder");
    expect([got, said]).toEqual(["ASIANEW", []]);
    expect(traced).toEqual(["old credentials are not cleared away: ENOSPC"]);
  });

  test("passes on what is no Failure as it is", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const clock = { clockOffset: 0 };
    const flight = { system, folder: "/own", key, options: auto, clock, trace: () => {} };
    const defect = singleFlight(flight, async () => Promise.reject(new TypeError("a defect")));
    await expect(defect).rejects.toThrow(TypeError);
  });
});

test("the answer of a kept entry is that of formatCredentialHelper()", async () => {
  const { cached } = await fly({ comes: session("ASIANEW", { accountId: "012345678901" }) });
  const expected = keptAnswerOf("ASIANEW").replace(
    "}\n",
    ',"Expiration":"2030-01-31T13:39:00Z","AccountId":"012345678901"}\n',
  );
  expect(cached?.cached?.answer).toBe(expected);
  expect(await failureOf(async () => Promise.reject(refused))).toBe(refused);
});
