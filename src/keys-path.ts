/**
 * The way of every run that neither `main.ts` nor `complete.ts` answers. For a profile that holds keys alone it is short;
 * `program.ts` has the rest. The executable has this module and all that it imports in one file
 * (`scripts/project/parts.ts`), and a run for keys loads no other.
 */
import { plainProfile } from "./cli/plain-profile.ts";
import { plainKeys } from "./commands/plain-keys.ts";
import { startSystem, unwritten } from "./system/start-system.ts";

/** Ends the process. */
export function runToEnd(words: readonly string[]): void {
  try {
    const plain = plainProfile(words);
    const answer = plain && plainKeys(plain, process.env, startSystem);
    if (answer === undefined) import("./program.ts").then((program) => program.runToEnd(words));
    else startSystem.stdout(answer).then(succeed, fail);
  } catch (error) {
    fail(error);
  }
}

/** Reports that stdout does not take an answer, for what the runtime throws. Ends the process. */
export function failToWrite(error: unknown): void {
  fail(unwritten(error));
}

/** Reports the error and ends the process with its exit status. */
function fail(error: unknown): void {
  import("./program.ts").then((program) => program.fail(error));
}

/** Ends the process with status 0. */
function succeed(): void {
  process.exit(0);
}
