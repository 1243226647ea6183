/** `serve --detach`: the endpoint as a process of its own. */
import type { Options } from "../../cli/option-record.ts";
import { endpointWord, type Followed, handOver } from "../../endpoint/background-endpoint.ts";
import type { PlannedEndpoint } from "../../endpoint/plan-endpoint.ts";
import type { System } from "../../system/types.ts";
import { printVariables } from "./print-variables.ts";
import { addressLines, servedText } from "./served-text.ts";

/** Returns once the process serves. It ends with the shell that started this one, unless it is to be kept. */
export async function serveInBackground(
  planning: Promise<PlannedEndpoint>,
  options: Pick<Options, "keep" | "outform" | "verbose">,
  system: System,
): Promise<number> {
  // It starts while the credentials are acquired. Should that fail, it ends with this process.
  const starting = system.startInBackground({ word: endpointWord, follows: "nothing" });
  const [{ identity, plan }, copy] = await Promise.all([planning, starting]);
  const shell = await system.startingShell();
  const followed: Followed = {
    kind: options.keep ? "outlived" : "shell",
    pid: shell,
    mark: await system.processMark(shell),
  };
  const { address, pid } = await handOver(copy, plan, followed, system.env);
  const end = `kill ${pid}`;
  try {
    const comment = `to end the endpoint: ${end}`;
    await printVariables(address, { options, identity, comment }, system);
  } catch (error) {
    await system.endProcess(pid);
    throw error;
  }
  const until = options.keep ? `; ${end} ends it` : `, until this shell ends; ${end} ends it before`;
  for (const line of addressLines(address, options)) system.stderr(line);
  system.stderr(`aws-login: ${servedText(plan)}${until}`);
  return 0;
}
