/** A program that is interrupted while it writes, and would go on to write more. */
import { Failure } from "../../../src/lib/errors.ts";
import { realSystem } from "../../../src/system/bun.ts";
import { finishing } from "../../../src/system/processes/interrupt.ts";
import { until } from "../../end-to-end/support/until.ts";

const [, , signal = "", folder = ""] = process.argv;

/** Sends the signal; resolves when no work begins any more, or at once when the signal has no listener. */
async function signalled(): Promise<void> {
  await until(async () => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM") || undefined);
  const isHeard = process.listenerCount(signal) > 0;
  process.kill(process.pid, signal);
  const begins = () => Promise.race([finishing(async () => true), Bun.sleep(5).then(() => false)]);
  if (isHeard) await until(async () => ((await begins()) ? undefined : true));
}

try {
  await realSystem.interruptible("writing", async () => {
    await finishing(async () => {
      await signalled();
      await Bun.write(`${folder}/begun`, "whole");
    });
    await finishing(() => Bun.write(`${folder}/next`, "whole"));
  });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  // Whatever is wrongly begun gets time to show.
  await Bun.sleep(20);
  await Bun.write(Bun.stdout, `${error.kind} ${error.message}\n`);
}
