/** A course without trouble, and what every way of playing it has in common. */
import type { Ended } from "../../end-to-end/support/run.ts";
import { type Scene, withScene } from "../../end-to-end/support/scene.ts";
import type { RequestRecord } from "../../stand-in/records.ts";
import { askedByProgram, isOf } from "./asked.ts";
import type { CommandLine, Scenario } from "./scenario.ts";
import type { End } from "./strike.ts";

/** Longer than anything that is worth a person's time. */
export const longestReport = 2_000;

/** How many requests a run without trouble makes, and what it answers. */
export interface Clean {
  readonly requests: number;
  readonly problems: readonly string[];
}

/** The course without trouble, against which the others are held. */
export async function playClean(scenario: Scenario): Promise<Clean> {
  return inScene(scenario, async (scene, line) => {
    const ended = await scene.run(line.args, line.env);
    const asked = askedByProgram(scene.standIn.requests);
    const problems: string[] = [];
    if (ended.status !== 0 || !scenario.isWhole(ended.stdout))
      problems.push(`${scenario.name}: ${shown(ended)}`);
    const fits = scenario.atOnce
      ? scenario.asks.every((one) => asked.some((record) => isOf(one, record)))
      : asked.length === scenario.asks.length &&
        scenario.asks.every((one, index) =>
          asked.slice(index, index + 1).some((record) => isOf(one, record)),
        );
    if (!fits) problems.push(`${scenario.name}: it asked ${asked.map(named).join(", ")}`);
    return { requests: asked.length, problems };
  });
}

/** Acts in a scene that the course has prepared. `ahead`: milliseconds by which the servers' clock is ahead of this machine's. */
export async function inScene<T>(
  scenario: Scenario,
  act: (scene: Scene, line: CommandLine) => Promise<T>,
  ahead = 0,
): Promise<T> {
  const results: T[] = [];
  await withScene(async (scene) => {
    const { standIn } = scene;
    const setClock = () => standIn.moveClock(ahead - (standIn.world.now() - Date.now()));
    // Before, because codes and tokens go by it; and after, because a course may set it right.
    setClock();
    const line = await scenario.prepare(scene);
    setClock();
    results.push(await act(scene, line));
  }, scenario.options ?? {});
  const [result] = results;
  if (result === undefined) throw new Error("the scene was not played");
  return result;
}

const endOfStatus: Readonly<Record<number, End>> = { 1: "failed", 3: "nothing found", 4: "sign-in needed" };

/** Undefined for an exit status that no command has here. */
export function endOf({ status, stderr }: Ended, { warns }: Scenario): End | undefined {
  if (status !== 0) return endOfStatus[status];
  return stderr.includes("aws-login: warning: ") && !warns ? "warned" : "done";
}

/** Whether the answer is the whole of what was asked for. */
export function isWhole(scenario: Scenario, stdout: string): boolean {
  try {
    return scenario.isWhole(stdout);
  } catch {
    return false;
  }
}

/** For messages, with the milliseconds from the first request to each and the number of its connection. */
export function listed(requests: readonly RequestRecord[]): string {
  const began = requests[0]?.time ?? 0;
  return requests
    .map((record) => `+${record.time - began} ms ${named(record)} over ${record.connection}`)
    .join(", ");
}

function named({ service, action, path, status, fault }: RequestRecord): string {
  return `${service} ${action ?? path} ${status ?? "no response"}${fault === undefined ? "" : ` (${fault})`}`;
}

/** For messages. Answers are secrets, so that only their length is told. */
export function shown({ status, stdout, stderr }: Ended): string {
  return `status ${status}, stdout of ${stdout.length} characters, stderr:\n${stderr.slice(0, longestReport)}`;
}
