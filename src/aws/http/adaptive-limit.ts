/** Makes many calls to one service as fast as it allows, whatever that is. */
import type { System } from "../../system/types.ts";
import { adaptiveRate } from "./adaptive-rate.ts";
import { isThrottling } from "./retryable-response.ts";

/** A call, and the jobs that follow from its answer. It is made again when the service throttled it. */
export interface Job {
  readonly call: () => Promise<readonly Job[]>;
  /** Goes before what waits already: other jobs cannot be known before it is done. */
  readonly urgent: boolean;
}

/** As many connections as a proxy and the runtime bear without trouble. */
const mostAtOnce = 128;

/**
 * Resolves when the jobs and all that followed from them are done. Throttling is never a failure: the call waits
 * and is made again, as often as it takes. Rejects with whatever else a call throws, and starts nothing after it.
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
      const sentAt = system.now();
      rate.sent(sentAt);
      running++;
      job
        .call()
        .then(
          (more) => {
            rate.answered(sentAt, system.now());
            waiting.unshift(...more.filter(({ urgent }) => urgent));
            waiting.push(...more.filter(({ urgent }) => !urgent));
          },
          (error: unknown) => {
            if (!isThrottling(error)) throw error;
            rate.throttled(sentAt, system.now());
            waiting.unshift(job);
          },
        )
        .then(() => {
          running--;
          proceed();
        })
        .catch(fail);
    };

    proceed();
  });
}
