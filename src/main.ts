/**
 * The entry: arguments in, exit status out. The only file that reads `process.argv` or decides how the program ends.
 * What is asked for most often, and in the same words, is answered here; everything else is in `program.ts`, which a
 * start loads only when it needs it. Nothing waits before an answer: the first `await` of a start costs more than the
 * answer itself.
 */

import { helpText } from "./cli/overview.ts";
import { parseHelper } from "./cli/parse-helper.ts";
import { cachedAnswer } from "./fast-path.ts";
import { versionLine } from "./lib/version.ts";
import { realSystem } from "./system/bun.ts";

function main(words: readonly string[]): void {
  const only = words.length === 1 ? words[0] : undefined;
  let answer: string | undefined;
  try {
    const options = parseHelper(words);
    if (options !== undefined) answer = cachedAnswer(options, process.env, realSystem);
    else if (only === "version") answer = versionLine;
    else if (only === "help") answer = helpText();
  } catch (error) {
    void fail(error);
    return;
  }
  if (answer !== undefined) realSystem.stdout(answer).then(succeed, fail);
  else import("./dispatch.ts").then(({ run }) => run(words, process.env, realSystem)).then(end, fail);
}

/** As `end(0)`, without a function on the way: each one takes a hundredth of a cached answer's time. */
function succeed(): void {
  process.exit(0);
}

async function fail(error: unknown): Promise<void> {
  const { exitStatus, reportLines } = await import("./cli/report.ts");
  for (const line of reportLines(error)) realSystem.stderr(line);
  end(exitStatus(error));
}

/** Ends the process outright: a connection or a look-up that hangs would keep it up for minutes after the answer. */
function end(status: number): void {
  process.exit(status);
}

main(process.argv.slice(2));
