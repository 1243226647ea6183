/**
 * Every run that `main.ts` and `keys-path.ts` do not answer: runs the command, reports its failure, and ends the process
 * with its exit status. One file of the executable with all that `dispatch.ts` imports.
 */

import { run } from "./dispatch.ts";
import { realSystem } from "./system/bun.ts";

/** Ends the process, with an error and status 1 where the event loop is empty before there is an answer. */
export function runToEnd(words: readonly string[]): void {
  process.once("beforeExit", endedEarly);
  run(words, process.env, realSystem).then(end, fail);
}

/** Reports the error and ends the process with its exit status. */
export async function fail(error: unknown): Promise<void> {
  const [{ exitStatus, pageOf, reportLines, reportOf }, { allowsColour, colouredLine, colouredPage }] =
    await Promise.all([import("./cli/report.ts"), import("./cli/colour.ts")]);
  const page = pageOf(error);
  if (allowsColour(process.env, realSystem.platform) && (await realSystem.stderrIsTerminal())) {
    for (const line of reportOf(error)) realSystem.stderrText(`${colouredLine(line)}\n`);
    if (page !== undefined) realSystem.stderrText(colouredPage(page));
  } else {
    for (const line of reportLines(error)) realSystem.stderr(line);
    for (const line of page?.trimEnd().split("\n") ?? []) realSystem.stderr(line);
  }
  end(exitStatus(error));
}

/** Ends the process outright: a connection or a look-up that hangs would keep it up for minutes after the answer. */
function end(status: number): void {
  process.exit(status);
}

/**
 * The event loop is empty and nothing has called `end()`: the runtime dropped a promise that it should have settled
 * (oven-sh/bun 39787 on Windows). Without this the process would end with status 0 and no answer. Only a synchronous
 * write is sure to happen here.
 */
function endedEarly(): void {
  realSystem.stderr("aws-login: error: ended before it was done: the runtime has nothing left to wait for");
  realSystem.stderr(
    "aws-login: hint: this is a defect: report it with the options used (no secrets) and what aws-login version says",
  );
  end(1);
}
