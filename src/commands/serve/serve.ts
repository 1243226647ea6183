/** `serve`: a credential endpoint for programs that are started elsewhere. */
import type { Options } from "../../cli/option-record.ts";
import { planEndpoint } from "../../endpoint/plan-endpoint.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { System } from "../../system/types.ts";

export async function run(options: Options, system: System): Promise<number> {
  if (options.detach) refuseDetaching(system);
  const { profiles, imds, port, bind } = options;
  const listening = { profiles, imds, ...optional("port", port), ...optional("bind", bind) };
  const planning = system.interruptible("serve", () => planEndpoint(options, system, listening));
  if (options.detach) return (await import("./detach.ts")).serveInBackground(planning, options, system);
  return (await import("./foreground.ts")).serveHere(await planning, options, system);
}

function refuseDetaching({ platform }: Pick<System, "platform">): void {
  if (platform !== "win32") return;
  throw new Failure("usage", "cannot serve in the background on Windows", {
    hints: ["leave out --detach, and let it run in a window of its own"],
  });
}
