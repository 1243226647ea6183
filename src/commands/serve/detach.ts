/** `serve --detach`: the endpoint as a process of its own. */
import type { Options } from "../../cli/option-record.ts";
import { type Followed, handOver } from "../../endpoint/background-endpoint.ts";
import type { PlannedEndpoint } from "../../endpoint/plan-endpoint.ts";
import { endpointWord } from "../../lib/endpoint-word.ts";
import type { BackgroundCopy } from "../../system/endpoint-types.ts";
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
  const starting = startFollowing(options, system);
  const [{ identity, plan }, { copy, followed }] = await Promise.all([planning, starting]);
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

/** Looks for the shell before anything else: when that has ended, another process is the parent of this one. */
async function startFollowing(
  { keep }: Pick<Options, "keep">,
  system: Pick<System, "startingShell" | "processMark" | "startInBackground">,
): Promise<{ readonly copy: BackgroundCopy; readonly followed: Followed }> {
  const pid = await system.startingShell();
  const followed: Followed = {
    kind: keep ? "outlived" : "shell",
    pid,
    mark: await system.processMark(pid),
  };
  return { followed, copy: await system.startInBackground({ word: endpointWord, follows: "nothing" }) };
}
