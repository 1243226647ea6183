/** `serve`: a credential endpoint for programs that are started elsewhere. */
import type { Options } from "../../cli/option-record.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { wantedRegion } from "../../credentials/wanted-region.ts";
import { type EndpointPlan, openEndpoint } from "../../endpoint/endpoint.ts";
import { type EndpointAddress, endpointVariables } from "../../endpoint/endpoint-variables.ts";
import { planEndpoint } from "../../endpoint/plan-endpoint.ts";
import { formatVariables } from "../../format/variables.ts";
import { defaultOutform } from "../../lib/default-outform.ts";
import type { EndingSignalName } from "../../system/endpoint-types.ts";
import type { System } from "../../system/types.ts";
import { servedText } from "./served-text.ts";

/** As shells tell the end by a signal. */
const statusOf: Readonly<Record<EndingSignalName, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Milliseconds between two looks at the clock. */
const interval = 1_000;

/** Writes the variables of the address to stdout. */
type Print = (address: EndpointAddress, comment?: string) => Promise<unknown>;

export async function run(options: Options, system: System): Promise<number> {
  const { identity, plan } = await system.interruptible("serve", () =>
    planEndpoint(options, system, options.port ?? 0),
  );
  const print: Print = (address, comment) =>
    system.stdout(variablesText(options, identity, address, system, comment));
  return serveHere(plan, system, print);
}

/** Serves until a signal ends it. Resolves to the status that shells give such an end. */
async function serveHere(plan: EndpointPlan, system: System, print: Print): Promise<number> {
  let signal: EndingSignalName | undefined;
  const ending = system.endingSignal().then((received) => {
    signal = received;
  });
  const endpoint = await openEndpoint(plan, system, async (lines) => {
    for (const line of lines) system.stderr(line);
  });
  try {
    await print(endpoint.address);
    // The reader of the variables has them all.
    await system.closeStdout();
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

function variablesText(
  { outform }: Pick<Options, "outform">,
  { region }: Pick<Identity, "region">,
  address: EndpointAddress,
  { env, platform }: Pick<System, "env" | "platform">,
  comment: string | undefined,
): string {
  const variables = endpointVariables(address, wantedRegion(env, region));
  return formatVariables(variables, outform ?? defaultOutform(platform), comment);
}
