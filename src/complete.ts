/**
 * The run that completes a name: between two keys of a person, so it loads neither the parser nor what asks AWS. The
 * executable has this module and all that it imports in one file (`scripts/project/parts.ts`).
 */
import { complete } from "./completion/completion.ts";
import { namesIn, readNow } from "./system/files/read-now.ts";
import { startSystem } from "./system/start-system.ts";

/** Prints what the word at the cursor can become, and ends the process. The first of the words is `__complete`. */
export function runToEnd(words: readonly string[]): void {
  const { areOwn, stdout } = startSystem;
  complete(words.slice(1), process.env, { areOwn, readNow, namesIn })
    .then(stdout)
    .then(() => process.exit(0), fail);
}

function fail(error: unknown): void {
  import("./program.ts").then((program) => program.fail(error));
}
