/** `runas --auto-refresh`: the program gets an endpoint in the place of keys. */
import type { Options } from "../../cli/option-record.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { wantedRegion } from "../../credentials/wanted-region.ts";
import { handOver } from "../../endpoint/background-endpoint.ts";
import { openEndpoint } from "../../endpoint/endpoint.ts";
import {
  type EndpointAddress,
  endpointVariables,
  profileLines,
  withVariables,
} from "../../endpoint/endpoint-variables.ts";
import { planEndpoint } from "../../endpoint/plan-endpoint.ts";
import { endpointWord } from "../../lib/endpoint-word.ts";
import type { Environment, ProgramEnd, System } from "../../system/types.ts";

/** What the program sees besides: makes the last changes to its environment. */
export type Finish = (env: Environment, identity: Identity) => Environment;

/** Acquires the identity, and runs the program once an endpoint serves it. Throws a Failure. */
export async function runWithEndpoint(
  options: Options,
  argv: readonly string[],
  system: System,
  finish: Finish,
): Promise<ProgramEnd> {
  if (system.platform === "win32") return runBesideEndpoint(options, argv, system, finish);
  // It starts while the credentials are acquired. Should that fail, it ends with this process.
  const starting = system.startInBackground({ word: endpointWord, follows: "program" });
  const [{ identity, plan }, copy] = await Promise.all([planEndpoint(options, system, {}), starting]);
  const { processId: pid } = system;
  const followed = { kind: "program", pid, mark: await system.processMark(pid) } as const;
  const { address } = await handOver(copy, plan, followed, system.env);
  if (options.verbose) traceProfile(address, system);
  const env = finish(environmentOf(address, identity, system.env), identity);
  return system.runProgram(argv, env, "pipe");
}

/** Windows has no way to give this process's place to the program, so this process serves. */
async function runBesideEndpoint(
  options: Options,
  argv: readonly string[],
  system: System,
  finish: Finish,
): Promise<ProgramEnd> {
  const { identity, plan } = await planEndpoint(options, system, {});
  const endpoint = await openEndpoint(plan, system, async (lines) => {
    for (const line of lines) system.stderr(line);
  });
  if (options.verbose) traceProfile(endpoint.address, system);
  let isRunning = true;
  const renew = async () => {
    while (isRunning) {
      endpoint.renewWhenDue();
      await system.sleep(1_000);
    }
  };
  try {
    const env = finish(environmentOf(endpoint.address, identity, system.env), identity);
    const ending = system.runProgram(argv, env);
    void renew();
    return await ending;
  } finally {
    isRunning = false;
    await endpoint.close();
  }
}

function environmentOf(address: EndpointAddress, identity: Identity, env: Environment): Environment {
  return withVariables(env, endpointVariables(address, wantedRegion(env, identity.region)));
}

function traceProfile(address: EndpointAddress, system: Pick<System, "stderr">): void {
  for (const line of profileLines(address, "the program gets")) system.stderr(line);
}
