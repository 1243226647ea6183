import { describe, expect, test } from "bun:test";
import { fileLock, type Lock, noLock } from "../../src/lib/lock.ts";
import {
  type Flight,
  lockedOut,
  loginTimeout,
  quietWait,
  singleFlight,
} from "../../src/lib/single-flight.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

interface Setup extends Partial<Pick<Flight<string>, "valid" | "timeout" | "prompt">> {
  /** For each attempt at the lock that another process has: the milliseconds that pass. */
  readonly busy?: readonly number[];
  /** What another process has left, at each look; nothing at further looks. */
  readonly found?: readonly (string | undefined)[];
  readonly lock?: Lock;
}

async function fly({ busy = [], found = [], lock, ...more }: Setup) {
  const system = fakeSystem();
  const files = memoryFiles(
    {},
    busy.map((milliseconds) => () => system.advance(milliseconds)),
  );
  const [looks, traced, done]: [(string | undefined)[], string[], string[]] = [[...found], [], []];
  const result = await singleFlight<string>(
    {
      lock: lock ?? fileLock(files, "/own", "name", () => {}),
      found: async () => looks.shift(),
      renew: async () => {
        done.push("renewed");
        return "new";
      },
      timeout: loginTimeout,
      doing: "renews X",
      prompt: "never",
      timedOut: async () => "timed out",
      ...more,
    },
    { system, trace: (line) => traced.push(line) },
  );
  const locks = files.log.filter((line) => line.startsWith("lock")).map((line) => line.split(" ")[2]);
  return { result, done, traced, said: system.stderrLines, locks };
}

describe("singleFlight()", () => {
  test("singleFlight() renews under the lock", async () => {
    expect(await fly({})).toMatchObject({ result: "new", done: ["renewed"], locks: [`${loginTimeout}`] });
    expect(await fly({ lock: noLock })).toMatchObject({ result: "new", locks: [] });
  });

  test("singleFlight() reads again under the lock, and does not renew what another process renewed", async () => {
    expect(await fly({ found: ["theirs"] })).toMatchObject({ result: "theirs", done: [] });
  });

  test("singleFlight() takes another process's result without waiting for the lock", async () => {
    const { result, done } = await fly({ busy: [15, 15, 15], found: [undefined, "theirs"] });
    expect({ result, done }).toEqual({ result: "theirs", done: [] });
  });

  test("singleFlight() renews when the other process ends without a result", async () => {
    expect(await fly({ busy: [15, 15] })).toMatchObject({ result: "new", done: ["renewed"] });
  });

  test("singleFlight() does not wait while something valid is left", async () => {
    expect(await fly({ valid: "old", busy: [15] })).toMatchObject({ result: "old", done: [], locks: ["0"] });
    expect(await fly({ valid: "old" })).toMatchObject({ result: "new", done: ["renewed"], locks: ["0"] });
  });

  test("singleFlight() ends its wait by the clock", async () => {
    const { result, done } = await fly({ timeout: 60_000, busy: [59_000, 999, 1, 15] });
    expect({ result, done }).toEqual({ result: "timed out", done: [] });
    expect((await fly({ timeout: 60_000, busy: [59_000, 999] })).result).toBe("new");
  });

  test("singleFlight() looks once more when the time is over", async () => {
    const { result } = await fly({ timeout: 10, busy: [10], found: [undefined, "theirs"] });
    expect(result).toBe("theirs");
  });

  test("singleFlight() tells a person once, after ten seconds, that it waits", async () => {
    const busy = [quietWait - 1, 1, quietWait, 15];
    const { said, traced } = await fly({ busy, prompt: "allowed" });
    expect(said).toEqual([
      "aws-login: waiting for another aws-login that renews X; if that one waits for you, finish the sign-in in its window",
    ]);
    expect(traced).toEqual([]);
    expect((await fly({ busy: [quietWait - 1], prompt: "allowed" })).said).toEqual([]);
  });

  test("singleFlight() writes to the trace alone where no user can be asked", async () => {
    const { said, traced } = await fly({ busy: [quietWait, 15] });
    expect([said, traced]).toEqual([[], ["waiting for another aws-login that renews X"]]);
  });

  test("singleFlight() says nothing of a wait that ends after ten seconds anyway", async () => {
    const { result, said } = await fly({ timeout: quietWait, busy: [quietWait, 15], prompt: "allowed" });
    expect([result, said]).toEqual(["timed out", []]);
  });
});

test("lockedOut() names the attempt and the seconds, and fails with status 1", () => {
  const failure = lockedOut("cannot renew X", 60_000);
  expect([failure.kind, failure.message, failure.hints]).toEqual([
    "failed",
    "cannot renew X: another aws-login has had the lock for 60 s",
    ["finish or end the other one, then run the command again"],
  ]);
});
