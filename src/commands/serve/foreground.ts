/** `serve` in the foreground. */
import type { Options } from "../../cli/option-record.ts";
import { openEndpoint } from "../../endpoint/endpoint.ts";
import type { PlannedEndpoint } from "../../endpoint/plan-endpoint.ts";
import type { EndingSignalName } from "../../system/endpoint-types.ts";
import type { System } from "../../system/types.ts";
import { printVariables } from "./print-variables.ts";
import { addressLines, servedText } from "./served-text.ts";

/** As shells tell the end by a signal. */
const statusOf: Readonly<Record<EndingSignalName, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Milliseconds between two looks at the clock. */
const interval = 1_000;

/** Serves until a signal ends it. Resolves to the status that shells give such an end. */
export async function serveHere(
  { identity, plan }: PlannedEndpoint,
  options: Pick<Options, "outform" | "verbose">,
  system: System,
): Promise<number> {
  let signal: EndingSignalName | undefined;
  const ending = system.endingSignal().then((received) => {
    signal = received;
  });
  const endpoint = await openEndpoint(plan, system, async (lines) => {
    for (const line of lines) system.stderr(line);
  });
  try {
    await printVariables(endpoint.address, { options, identity }, system);
    // The reader of the variables has them all.
    await system.closeStdout();
    for (const line of addressLines(endpoint.address, options)) system.stderr(line);
    system.stderr(`aws-login: ${servedText(plan)}; Ctrl-C ends it`);
    while (signal === undefined) {
      endpoint.renewWhenDue();
      await Promise.race([system.sleep(interval), ending]);
    }
  } finally {
    await endpoint.close();
  }
  return statusOf[signal];
}
