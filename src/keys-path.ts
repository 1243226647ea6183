/**
 * The way of every run that `main.ts` does not answer itself. For a profile that holds keys alone it is short; `program.ts`
 * has the rest. Both need the reading of profiles: because every way to `program.ts` leads through here, the executable has
 * that in the file of this one, and a run for keys loads no other (docs/start-up.md).
 */
import { plainProfile } from "./cli/plain-profile.ts";
import { plainKeys } from "./commands/plain-keys.ts";
import { startSystem } from "./system/start-system.ts";

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

/** Reports the error and ends the process with its exit status. */
export function fail(error: unknown): void {
  import("./program.ts").then((program) => program.fail(error));
}

/** Ends the process with status 0. */
export function succeed(): void {
  process.exit(0);
}
