import { describe, expect, test } from "bun:test";
import type { EndpointCredentials } from "../../src/endpoint/endpoint-credentials.ts";
import { type RenewalSource, serveCredentials } from "../../src/endpoint/served-credentials.ts";
import { Failure } from "../../src/lib/errors.ts";

const minute = 60_000;
const hour = 60 * minute;

/** A clock that only the test moves, and an acquisition that the test makes succeed or fail. */
function play(more: Partial<RenewalSource> = {}, sleep = () => new Promise<void>(() => {})) {
  let now = 0;
  let fingerprint = "";
  const attempts: number[] = [];
  const told: string[] = [];
  let outcome: "new" | "same" | Failure | Promise<EndpointCredentials> = "new";
  const credentialsNamed = (name: string, life = hour): EndpointCredentials => ({
    credentials: { accessKeyId: name, secretAccessKey: "made-up", sessionToken: "made-up-token" },
    acquired: now,
    expires: now + life,
  });
  const first = credentialsNamed("first");
  const served = serveCredentials({
    system: { now: () => now, sleep },
    first,
    acquire: async () => {
      attempts.push(now);
      if (outcome instanceof Failure) throw outcome;
      if (outcome instanceof Promise) return outcome;
      return outcome === "same" ? first : credentialsNamed(`of ${now}`);
    },
    signInFingerprint: async () => fingerprint,
    onFailure: (failure, valid) => {
      told.push(`${failure.message}, ${valid === undefined ? "ended" : "still served"}`);
    },
    ...more,
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await undefined;
  };
  return {
    served,
    attempts,
    told,
    credentialsNamed,
    is: (next: typeof outcome) => {
      outcome = next;
    },
    signsIn: () => {
      fingerprint += "x";
    },
    /** Lets time pass at once, as while the machine sleeps, with one look at the clock after it. */
    jump: async (milliseconds: number) => {
      now += milliseconds;
      served.renewWhenDue();
      await settle();
    },
    /** Lets time pass with a look at the clock every second. */
    pass: async (milliseconds: number) => {
      for (const end = now + milliseconds; now < end; ) {
        now += 1_000;
        served.renewWhenDue();
        await settle();
      }
    },
    answer: async () => {
      const found = await served.current();
      return found instanceof Failure ? found.kind : found.credentials.accessKeyId;
    },
  };
}

const offline = new Failure("failed", "no network");
const signIn = new Failure("sign-in-needed", "the sign-in has ended");

describe("serveCredentials()", () => {
  test("serves the first credentials from memory and renews at 20 minutes left", async () => {
    const { answer, attempts, pass } = play();
    await pass(40 * minute - 1_000);
    expect([await answer(), attempts]).toEqual(["first", []]);
    await pass(1_000);
    expect([await answer(), attempts]).toEqual([`of ${40 * minute}`, [40 * minute]]);
  });

  test("serves through a day of ends without one failed answer", async () => {
    const { answer, attempts, pass } = play();
    for (let step = 0; step < 24 * 12; step++) {
      await pass(5 * minute);
      expect(await answer()).toMatch(/^(first|of \d+)$/);
    }
    expect(attempts.length).toBe(36);
  });

  test("makes one attempt for hundreds of requests at once", async () => {
    const { served, attempts, credentialsNamed, is, jump } = play();
    const { promise, resolve } = Promise.withResolvers<EndpointCredentials>();
    is(promise);
    await jump(2 * hour);
    const answers = Array.from({ length: 300 }, () => served.current());
    resolve(credentialsNamed("new"));
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(attempts.length).toBe(1);
  });

  test("lets a request wait a moment, and no longer, for credentials to come", async () => {
    const { answer, is, jump } = play({}, async () => {});
    is(new Promise(() => {}));
    await jump(2 * hour);
    expect(await answer()).toBe("failed");
  });

  test("serves the old credentials while a renewal is under way", async () => {
    const { answer, is, jump } = play();
    is(new Promise(() => {}));
    await jump(50 * minute);
    expect(await answer()).toBe("first");
  });

  test("settles when the renewal that is under way has ended, and begins none any more", async () => {
    const { served, attempts, credentialsNamed, is, jump } = play();
    const { promise, resolve } = Promise.withResolvers<EndpointCredentials>();
    is(promise);
    await jump(50 * minute);
    let isSettled = false;
    const settling = served.settle().then(() => {
      isSettled = true;
    });
    await jump(1_000);
    expect(isSettled).toBe(false);
    resolve(credentialsNamed("new"));
    await settling;
    await jump(2 * hour);
    expect(attempts.length).toBe(1);
  });

  test("settles a moment later where a renewal does not end", async () => {
    const { served, is, jump } = play({}, async () => {});
    is(new Promise(() => {}));
    await jump(50 * minute);
    expect(await served.settle()).toBeUndefined();
  });

  test("pauses longer after each failure, up to a minute, and serves the old credentials to their end", async () => {
    const { answer, attempts, is, pass, told } = play();
    is(offline);
    await pass(hour - 1_000);
    expect(await answer()).toBe("first");
    const pauses = attempts.slice(1).map((time, index) => (time - (attempts[index] ?? 0)) / 1_000);
    expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect(Math.max(...pauses)).toBe(60);
    expect(told).toEqual([]);
    await pass(1_000);
    expect(await answer()).toBe("failed");
    await pass(10 * minute);
    expect(told).toEqual(["no network, ended"]);
  });

  test("tells of a failure with which the first request after the end is answered", async () => {
    const { answer, is, jump, pass, told } = play();
    is(offline);
    await jump(hour - 1_500);
    expect([await answer(), told]).toEqual(["first", []]);
    await pass(500);
    is(new Promise(() => {}));
    await pass(1_000);
    expect([await answer(), told]).toEqual(["failed", ["no network, ended"]]);
  });

  test("tells once that a sign-in is needed, while the old credentials still serve", async () => {
    const { answer, is, pass, told } = play();
    is(signIn);
    await pass(50 * minute);
    expect([await answer(), told]).toEqual(["first", ["the sign-in has ended, still served"]]);
    await pass(hour);
    expect([await answer(), told.length]).toEqual(["sign-in-needed", 1]);
  });

  test("renews at once when the person has signed in, whatever the pause", async () => {
    const { answer, is, pass, signsIn, told } = play();
    is(signIn);
    await pass(2 * hour);
    is("new");
    signsIn();
    await pass(1_000);
    expect(await answer()).toStartWith("of ");
    is(signIn);
    await pass(2 * hour);
    expect(told.length).toBe(2);
  });

  test("serves no credentials that ended while the machine slept, and renews at the first request", async () => {
    const { answer, jump, attempts } = play();
    await jump(30 * hour);
    expect(await answer()).toBe(`of ${30 * hour}`);
    expect(attempts).toEqual([30 * hour]);
  });

  test("does not wait for hours because the clock was set back", async () => {
    const { is, jump, pass, attempts } = play();
    is(offline);
    await jump(10 * hour);
    await jump(-9 * hour);
    await pass(1_000);
    expect(attempts.length).toBe(2);
  });

  test("serves credentials to their end, and no longer, when the clock is set back", async () => {
    const { answer, attempts, is, jump, pass } = play();
    is(offline);
    await jump(10 * minute);
    await jump(-5 * hour);
    expect(await answer()).toBe("first");
    await pass(30 * minute - 1_000);
    expect([await answer(), attempts.length]).toEqual(["first", 0]);
    await pass(20 * minute);
    expect(await answer()).toBe("first");
    await pass(2_000);
    expect(await answer()).toBe("failed");
  });

  test("renews what was acquired while the clock was ahead, when it is right again", async () => {
    const { answer, jump } = play();
    await jump(10 * hour);
    expect(await answer()).toBe(`of ${10 * hour}`);
    await jump(-10 * hour);
    expect(await answer()).toBe(`of ${10 * hour}`);
    await jump(50 * minute);
    expect(await answer()).toBe(`of ${50 * minute}`);
  });

  test("does not wait long when the person signs in during an attempt that fails", async () => {
    const { answer, attempts, is, jump, pass, signsIn } = play();
    is(signIn);
    await pass(10 * hour);
    const { promise, reject } = Promise.withResolvers<EndpointCredentials>();
    is(promise);
    await jump(minute);
    signsIn();
    reject(signIn);
    await pass(1_000);
    const before = attempts.length;
    is("new");
    await pass(2_000);
    expect(attempts.length).toBe(before + 1);
    expect(await answer()).toStartWith("of ");
  });

  test("asks again later when a cache gives out the same credentials", async () => {
    const { answer, is, pass, attempts } = play();
    is("same");
    await pass(45 * minute);
    expect([await answer(), attempts.length]).toEqual(["first", 6]);
    is("new");
    await pass(minute);
    expect(await answer()).toStartWith("of ");
  });

  test("asks again at the end of credentials that a cache gives out to their end", async () => {
    const { answer, attempts, is, jump } = play();
    is("same");
    await jump(hour - 500);
    expect([await answer(), attempts.length]).toEqual(["first", 1]);
    is("new");
    await jump(500);
    expect([await answer(), attempts.length]).toEqual([`of ${hour}`, 2]);
  });

  test("counts credentials that have ended already as a failure", async () => {
    const { answer, is, credentialsNamed, jump } = play();
    is(Promise.resolve(credentialsNamed("old", -1)));
    await jump(2 * hour);
    expect(await answer()).toBe("failed");
  });

  test("serves what only a person can renew to its end, and asks for nothing", async () => {
    const { answer, pass, told } = play({ acquire: undefined });
    await pass(hour - 1_000);
    expect(await answer()).toBe("first");
    await pass(1_000);
    expect([await answer(), await answer()]).toEqual(["sign-in-needed", "sign-in-needed"]);
    expect(told).toEqual(["the credentials have ended, and only a person can renew them, ended"]);
  });

  test("acquires at the first request where there are no credentials yet", async () => {
    const { answer } = play({ first: undefined });
    expect(await answer()).toBe("of 0");
  });
});
