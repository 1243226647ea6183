/** Plays courses of which more than one request meets with trouble: with all of them, or with a wrong clock. */
import type { Scene } from "../../end-to-end/support/scene.ts";
import { askedByProgram, type RequestKind } from "./asked.ts";
import { type Clean, endOf, inScene, isWhole, listed, shown } from "./clean.ts";
import type { CommandLine, Scenario } from "./scenario.ts";
import type { Stumble } from "./series.ts";

/** What is wrong with the course when all of these befall it: it is done, with a request more for each. */
export async function playSeries(
  scenario: Scenario,
  series: readonly Stumble[],
  clean: Clean,
): Promise<string[]> {
  return inScene(scenario, async (scene, line) => {
    for (const { asked, trouble } of series) {
      const { after, match } = asked;
      scene.standIn.fault({
        ...trouble.fault(asked.kind),
        match,
        ...(after === undefined ? {} : { after }),
      });
    }
    const ended = await scene.run(line.args, line.env);
    const requests = askedByProgram(scene.standIn.requests);
    const found: string[] = [];
    if (endOf(ended, scenario) !== "done" || !isWhole(scenario, ended.stdout)) found.push("it is not done");
    const wanted = clean.requests + series.length;
    if (requests.length !== wanted) found.push(`${listed(requests)}: these are not ${wanted} requests`);
    const told = series.map(({ asked, sentence }) => `${sentence} (${asked.kind})`).join(", ");
    return found.map((problem) => `${scenario.name}: ${told}: ${problem}\n${shown(ended)}`);
  });
}

/**
 * What is wrong with the course when the clock of the servers is ahead of this machine's by so many milliseconds, or
 * behind: it is done all the same, with one request more if any was refused for its time.
 */
export async function playSkewed(scenario: Scenario, ahead: number, clean: Clean): Promise<string[]> {
  const act = async (scene: Scene, line: CommandLine) => {
    const ended = await scene.run(line.args, line.env);
    const requests = askedByProgram(scene.standIn.requests);
    const more = refusedForItsTime(scenario);
    const found: string[] = [];
    if (endOf(ended, scenario) !== "done" || !isWhole(scenario, ended.stdout)) found.push("it is not done");
    if (requests.length !== clean.requests + more) {
      found.push(`${listed(requests)}: these are not ${clean.requests + more} requests`);
    }
    return found.map((problem) => `${scenario.name}, servers ${ahead} ms ahead: ${problem}\n${shown(ended)}`);
  };
  return inScene(scenario, act, ahead);
}

const signedKinds: readonly RequestKind[] = [
  "sts",
  "sts with a code",
  "login renewal",
  "session of a certificate",
];

/**
 * How many requests more it takes. Signatures and proofs of a key hold a time, which AWS's answer to a request without either
 * tells beforehand. A code is spent by the proof that is refused, and refused with the next: the person signs in once more.
 */
function refusedForItsTime({ asks }: Scenario): number {
  const first = asks.find(({ match }) => match.service !== "container" && match.service !== "imds");
  if (first?.kind === "login code") return 2;
  const signs = first !== undefined && signedKinds.includes(first.kind);
  return signs ? 1 : 0;
}
