/**
 * The entry: arguments in. It answers the most frequent command lines itself (a cached `credential_process` answer,
 * `version`, `--help`), and a start loads `keys-path.ts` for everything else. No `await` comes before an answer: the first
 * one of a start costs more than the answer itself.
 */

import { helpText } from "./cli/overview.ts";
import { cachedAnswer } from "./fast-path.ts";
import { versionLine } from "./lib/version.ts";
import { output } from "./system/output.ts";

function main(words: readonly string[]): void {
  // The status of a process whose promises the runtime drops, as it does on Windows (oven-sh/bun 39787).
  process.exitCode = 1;
  let answer: string | undefined;
  if (words.length === 1) answer = answerOfWord(words[0]);
  else if (words.includes("--use-cache")) answer = cachedAnswer(words, process.env, Bun, Date);
  if (answer !== undefined) Bun.write(output, answer).then(succeed, failToWrite);
  else if (words[0] === "__complete") import("./complete.ts").then(({ runToEnd }) => runToEnd(words));
  else import("./keys-path.ts").then(({ runToEnd }) => runToEnd(words));
}

function answerOfWord(word: string | undefined): string | undefined {
  switch (word) {
    case "version":
    case "--version":
      return versionLine;
    case "help":
    case "--help":
    case "-h":
      // On a terminal, which has a TERM, `dispatch.ts` prints its headings in bold.
      return process.env.NO_COLOR || !process.env.TERM ? helpText() : undefined;
    default:
      return undefined;
  }
}

function succeed(): void {
  process.exit(0);
}

function failToWrite(error: unknown): void {
  import("./keys-path.ts").then((path) => path.failToWrite(error));
}

main(process.argv.slice(2));
