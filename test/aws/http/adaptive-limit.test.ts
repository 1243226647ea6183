import { describe, expect, test } from "bun:test";
import { type Job, runJobs } from "../../../src/aws/http/adaptive-limit.ts";
import { Failure } from "../../../src/lib/errors.ts";
import {
  fixedWindow,
  type Gate,
  limitedService,
  strictWindow,
  tokenBucket,
} from "../../support/limited-service.ts";
import { virtualClock } from "../../support/virtual-clock.ts";

interface Listing {
  readonly gate: Gate;
  /** Milliseconds. */
  readonly latency: number;
  readonly accounts: number;
  /** Calls for each account, one after the other. */
  readonly pages: number;
}

/** Pages of a hundred accounts, then pages for each of them; answers with the milliseconds it took. */
async function list({ gate, latency, accounts, pages }: Listing) {
  const clock = virtualClock();
  const service = limitedService(clock, gate, latency);
  let done = 0;
  const page = (number: number): Job => ({
    urgent: number > 1,
    call: () =>
      service.ask(() => {
        done++;
        return number < pages ? [page(number + 1)] : [];
      }),
  });
  const accountsFrom = (first: number): Job => ({
    urgent: true,
    call: () =>
      service.ask(() => {
        const next = Math.min(first + 100, accounts);
        const jobs = Array.from({ length: next - first }, () => page(1));
        return next < accounts ? [...jobs, accountsFrom(next)] : jobs;
      }),
  });
  // As a real timer, this one is up to a millisecond late.
  let late = 0;
  const sleep = (milliseconds: number) => {
    late = (late + 0.37) % 1;
    return clock.sleep(milliseconds + late);
  };
  await clock.run(runJobs([accountsFrom(0)], { now: clock.now, sleep }));
  return { milliseconds: clock.now(), done, throttled: service.count.throttled };
}

/** Whatever the service does when it is asked too fast. */
const services: Record<string, (perSecond: number) => Gate> = {
  "a second's burst": (perSecond) => tokenBucket(perSecond, perSecond),
  "a tenth of a second's burst": (perSecond) => tokenBucket(perSecond, Math.max(1, perSecond / 10)),
  "no burst to speak of": (perSecond) => tokenBucket(perSecond, Math.max(1, perSecond / 100)),
  "a count for each second": fixedWindow,
};

describe("runJobs keeps within one and a half times of what is possible", () => {
  for (const [name, gateOf] of Object.entries(services)) {
    for (const perSecond of [20, 100, 1000]) {
      for (const latency of [5, 50, 200]) {
        for (const pages of [1, 3]) {
          const accounts = 1000;
          const calls = accounts * pages + accounts / 100;
          // The first answers cannot be had sooner, nor more than so many be under way at once.
          const bound = Math.max((calls * 1000) / perSecond, (calls * latency) / 128) + (pages + 1) * latency;
          test(`runJobs with ${perSecond} a second and ${name}, ${latency} ms a call, ${pages} pages`, async () => {
            const { milliseconds, done } = await list({ gate: gateOf(perSecond), latency, accounts, pages });
            expect(done).toBe(accounts * pages);
            expect(milliseconds).toBeLessThanOrEqual(1.5 * bound);
          });
        }
      }
    }
  }

  test("runJobs with 5 a second, for 200 accounts", async () => {
    const { milliseconds } = await list({ gate: tokenBucket(5, 5), latency: 50, accounts: 200, pages: 1 });
    expect(milliseconds).toBeLessThanOrEqual(1.5 * 40_400);
  });

  test("runJobs with 100 a second, for ten accounts", async () => {
    const { milliseconds } = await list({ gate: tokenBucket(100, 10), latency: 50, accounts: 10, pages: 1 });
    expect(milliseconds).toBeLessThanOrEqual(1.5 * 150);
  });
});

describe("runJobs", () => {
  test("runJobs throttles itself: of 1010 calls at 100 a second fewer than 400 come too soon", async () => {
    const { throttled } = await list({ gate: tokenBucket(100, 100), latency: 50, accounts: 1000, pages: 1 });
    expect(throttled).toBeLessThan(400);
  });

  test("runJobs gets through where asking too fast is punished", async () => {
    const { milliseconds } = await list({ gate: strictWindow(100), latency: 50, accounts: 1000, pages: 1 });
    expect(milliseconds).toBeLessThanOrEqual(2 * 10_100);
  });

  test("runJobs outlasts a service that lets nothing through for a minute", async () => {
    const gate: Gate = (now) => now < 1_000 || now > 61_000;
    const { milliseconds, done } = await list({ gate, latency: 50, accounts: 1000, pages: 1 });
    expect(done).toBe(1000);
    expect(milliseconds).toBeLessThan(75_000);
  });

  test("runJobs does urgent jobs first", async () => {
    const clock = virtualClock();
    const order: string[] = [];
    const job = (name: string, urgent: boolean, more: Job[] = []): Job => ({
      urgent,
      call: async () => {
        order.push(name);
        await clock.sleep(1);
        return more;
      },
    });
    const first = job("first", true, [job("later", false), job("soon", true)]);
    const waiting = Array.from({ length: 10 }, (_, index) => job(`${index}`, false));
    await clock.run(runJobs([first, ...waiting], clock));
    expect(order.indexOf("soon")).toBeLessThan(6);
    expect(order.at(-1)).toBe("later");
  });

  test("runJobs starts nothing after a failure, which it hands on", async () => {
    const clock = virtualClock();
    let calls = 0;
    const job: Job = {
      urgent: false,
      call: async () => {
        calls++;
        await clock.sleep(50);
        throw new Failure("failed", "no such thing");
      },
    };
    const work = runJobs(
      Array.from({ length: 100 }, () => job),
      clock,
    );
    await expect(clock.run(work)).rejects.toThrow("no such thing");
    const atTheEnd = calls;
    await clock.run(clock.sleep(10_000));
    expect(calls).toBe(atTheEnd);
    expect(calls).toBeLessThan(20);
  });

  test("runJobs has 128 calls under way at most", async () => {
    const clock = virtualClock();
    let open = 0;
    let most = 0;
    const job: Job = {
      urgent: false,
      call: async () => {
        most = Math.max(most, ++open);
        await clock.sleep(1_000);
        open--;
        return [];
      },
    };
    await clock.run(
      runJobs(
        Array.from({ length: 1000 }, () => job),
        clock,
      ),
    );
    expect(most).toBe(128);
  });

  test("runJobs without jobs is done at once", async () => {
    await runJobs([], virtualClock());
  });
});
