/** The run that completes a name: between two keys of a person, so it loads neither the parser nor what asks AWS. */
import { complete } from "./completion/completion.ts";
import { namesIn, readNow } from "./system/read-now.ts";
import { startSystem } from "./system/start-system.ts";

/** Prints what the word at the cursor can become. Rejects with a Failure. `args` follow the command. */
export async function completeNow(args: readonly string[]): Promise<void> {
  const { areOwn, stdout } = startSystem;
  await stdout(await complete(args, process.env, { areOwn, readNow, namesIn }));
}
