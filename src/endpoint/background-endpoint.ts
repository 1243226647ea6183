/** The endpoint as a process of its own: what the process that starts it does, and what the started one does. */
import { errorCode, Failure, type FailureKind } from "../lib/errors.ts";
import type { BackgroundCopy, Handover } from "../system/endpoint-types.ts";
import type { Environment, System } from "../system/types.ts";
import { type Endpoint, type EndpointPlan, openEndpoint } from "./endpoint.ts";
import type { EndpointAddress } from "./endpoint-variables.ts";

/**
 * The process on whose terminal the person gets messages. The endpoint ends with a `program` once its descendants have
 * closed the pipe too, and with a `shell` at once. After an `outlived` process it goes on until a signal ends it.
 */
export interface Followed {
  readonly kind: "program" | "shell" | "outlived";
  readonly pid: number;
  /** As `System.processMark` tells it; undefined where the process had ended before this was asked. */
  readonly mark: string | undefined;
}

interface Task {
  readonly plan: EndpointPlan;
  /** The environment of the process that started it, by which the credentials are resolved. */
  readonly env: Environment;
  readonly followed: Followed;
}

type Reply =
  | { readonly kind: "serving"; readonly address: EndpointAddress; readonly pid: number }
  | {
      readonly kind: "failed";
      readonly failure: FailureKind;
      readonly message: string;
      readonly hints: readonly string[];
    };

export interface BackgroundEndpoint {
  readonly address: EndpointAddress;
  readonly pid: number;
}

/** Resolves when the started copy answers requests. Throws its Failure. */
export async function handOver(
  copy: BackgroundCopy,
  plan: EndpointPlan,
  followed: Followed,
  env: Environment,
): Promise<BackgroundEndpoint> {
  const task: Task = { plan, env, followed };
  const line = await replyTo(`${JSON.stringify(task)}\n`, copy);
  if (line === undefined) {
    throw new Failure("failed", "cannot serve credentials: the process that was to serve them ended at once");
  }
  const reply: Reply = JSON.parse(line);
  if (reply.kind === "failed") throw new Failure(reply.failure, reply.message, { hints: reply.hints });
  return reply;
}

/** The line that the copy replies with; undefined when it ends without one, also before it has read the text. */
async function replyTo(text: string, copy: BackgroundCopy): Promise<string | undefined> {
  try {
    await copy.give(text);
  } catch (error) {
    if (errorCode(error) !== "EPIPE") throw error;
    return undefined;
  }
  return copy.firstLine();
}

/** Milliseconds between two looks at the clock and at the process that is followed. */
const interval = 400;

/** All that the copy does. Resolves to its exit status, to which nothing listens. */
export async function runInBackground(outer: System): Promise<number> {
  const handover = await outer.receiveHandover();
  // Without its line end it is cut off: the process that started this one was killed.
  if (!handover.text?.endsWith("\n")) return 1;
  const { plan, env, followed }: Task = JSON.parse(handover.text);
  const system: System = { ...outer, env };
  let hasEnded = false;
  void outer.endingSignal().then(() => {
    hasEnded = true;
  });
  const tell = (lines: readonly string[]) => tellPerson(lines, followed, outer);
  const reply = (text: Reply) => outer.stdout(`${JSON.stringify(text)}\n`);
  let endpoint: Endpoint;
  try {
    endpoint = await openEndpoint(plan, system, tell);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await reply({ kind: "failed", failure: error.kind, message: error.message, hints: error.hints });
    return 1;
  }
  try {
    await reply({ kind: "serving", address: endpoint.address, pid: outer.processId });
    await outer.closeStdout();
    while (!hasEnded && !(await isOver(followed, handover, outer))) {
      endpoint.renewWhenDue();
      await outer.sleep(interval);
    }
  } finally {
    await endpoint.close();
  }
  return 0;
}

/** On the controlling terminal of the process; on stderr, which is a file or nothing, where there is none. */
async function tellPerson(
  lines: readonly string[],
  followed: Followed,
  system: Pick<System, "processMark" | "tellTerminalOf" | "stderr">,
): Promise<void> {
  const isThere = !(await isGone(followed, system));
  for (const line of lines) {
    if (!isThere || !(await system.tellTerminalOf(followed.pid, line))) system.stderr(line);
  }
}

async function isOver(
  followed: Followed,
  handover: Handover,
  system: Pick<System, "processMark">,
): Promise<boolean> {
  if (followed.kind === "outlived") return false;
  if (followed.kind === "program" && handover.isPipeOpen()) return false;
  return isGone(followed, system);
}

async function isGone({ pid, mark }: Followed, system: Pick<System, "processMark">): Promise<boolean> {
  return mark === undefined || (await system.processMark(pid)) !== mark;
}
