/** A clock that jumps to the next moment at which something is due, so that hours take no time. */

export interface VirtualClock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass until `work` is settled. Throws when nothing is due any more and it is not. */
  run<T>(work: Promise<T>): Promise<T>;
}

export function virtualClock(start = 0): VirtualClock {
  let time = start;
  let due: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        due.push({ at: time + milliseconds, wake: resolve });
      }),
    run: async (work) => {
      let settled = false;
      const fingerprint = () => {
        settled = true;
      };
      work.then(fingerprint, fingerprint);
      for (;;) {
        // Everything that follows from the last moment happens before the next.
        await new Promise((resolve) => setImmediate(resolve));
        if (settled) return work;
        if (due.length === 0) throw new Error("nothing is due, and the work is not done");
        time = Math.min(...due.map(({ at }) => at));
        const now = due.filter(({ at }) => at <= time);
        due = due.filter(({ at }) => at > time);
        for (const { wake } of now) wake();
      }
    },
  };
}
