/** Makes many calls to one service as fast as it allows. */
import type { System } from "../../system/types.ts";
import { type AdaptiveRate, adaptiveRate } from "./adaptive-rate.ts";
import { isThrottling } from "./retryable-response.ts";

/** A call, and the jobs that follow from its result. It is made again when the service throttled it. */
export interface Job {
  readonly call: () => Promise<readonly Job[]>;
  /** Goes before the jobs that wait already, because other jobs follow from it. */
  readonly urgent: boolean;
}

/** As many connections as proxies and the runtime handle well. */
const mostAtOnce = 128;

/**
 * Resolves when the jobs and all that followed from them are done. Throttling is never a failure: the call waits
 * and is made again, as often as it takes. Rejects with anything else that a call throws, and starts no job after it.
 */
export function runJobs(jobs: readonly Job[], system: Pick<System, "now" | "sleep">): Promise<void> {
  const rate = adaptiveRate();
  const waiting: Job[] = [...jobs];
  let running = 0;
  let sleeping = false;
  let failed = false;

  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      failed = true;
      reject(error);
    };

    const proceed = (): void => {
      if (failed) return;
      while (waiting.length > 0 && running < mostAtOnce) {
        const wait = rate.wait(system.now());
        if (wait > 0) {
          wakeAfter(wait);
          return;
        }
        const job = waiting.shift();
        if (job !== undefined) start(job);
      }
      if (running === 0) resolve();
    };

    const wakeAfter = (milliseconds: number): void => {
      if (sleeping) return;
      sleeping = true;
      system.sleep(milliseconds).then(() => {
        sleeping = false;
        proceed();
      }, fail);
    };

    const start = (job: Job): void => {
      running++;
      attempt(job, rate, system)
        .then((more) => {
          waiting.unshift(...more.filter(({ urgent }) => urgent));
          waiting.push(...more.filter(({ urgent }) => !urgent));
          running--;
          proceed();
        })
        .catch(fail);
    };

    proceed();
  });
}

/** Makes the call once. Returns the jobs that follow from it, or the job itself when the service throttled it. */
async function attempt(job: Job, rate: AdaptiveRate, system: Pick<System, "now">): Promise<readonly Job[]> {
  const sentAt = system.now();
  rate.sent(sentAt);
  try {
    const more = await job.call();
    rate.responded(sentAt, system.now());
    return more;
  } catch (error) {
    if (!isThrottling(error)) throw error;
    rate.throttled(sentAt, system.now());
    return [{ ...job, urgent: true }];
  }
}
