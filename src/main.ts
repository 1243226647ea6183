/**
 * The entry: arguments in, exit status out. The only file that reads `process.argv` or decides how the program ends.
 * It answers the most frequent command lines itself (a cached `credential_process` answer, `version`, `help`); a start
 * loads `dispatch.ts` for everything else. No `await` comes before an answer: the first one of a start costs more than
 * the answer itself.
 */

import { helpText } from "./cli/overview.ts";
import { parseHelper } from "./cli/parse-helper.ts";
import { cachedAnswer } from "./fast-path.ts";
import { versionLine } from "./lib/version.ts";
import { realSystem } from "./system/bun.ts";

function main(words: readonly string[]): void {
  process.once("beforeExit", endedEarly);
  const only = words.length === 1 ? words[0] : undefined;
  let answer: string | undefined;
  try {
    const options = parseHelper(words);
    if (options !== undefined) answer = cachedAnswer(options, process.env, realSystem);
    else if (only === "version") answer = versionLine;
    // On a terminal, which has a TERM, `dispatch.ts` prints its headings in bold.
    else if (only === "help" && (process.env.NO_COLOR || !process.env.TERM)) answer = helpText();
  } catch (error) {
    void fail(error);
    return;
  }
  if (answer !== undefined) realSystem.stdout(answer).then(succeed, fail);
  else import("./dispatch.ts").then(({ run }) => run(words, process.env, realSystem)).then(end, fail);
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

/** As `end(0)`, without a function on the way: each one takes a hundredth of a cached answer's time. */
function succeed(): void {
  process.exit(0);
}

async function fail(error: unknown): Promise<void> {
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

main(process.argv.slice(2));
