/**
 * The answer to `credential_process` as it is kept, without anything that could get another one. SDKs and Terraform
 * start the program for every process of theirs, so this is on the way of every start: each module that it loads, and
 * each thing of the runtime that it is the first to use, is a decision. That is why nothing here is asynchronous.
 */
import type { Options } from "../cli/options.ts";
import { homeOfEnvironment } from "../config/home.ts";
import { credentialKey, type KeyOption } from "../identity/kept/credential-key.ts";
import { entryOf, entryPath } from "../store/credential-cache.ts";
import { lifeState } from "../store/credential-life.ts";
import { ownFolderPath } from "../store/own-folder.ts";
import type { Environment, System } from "../system.ts";

/** Those that have a say in it; the others count as not given when they are absent. */
export type AnswerOptions = Pick<Options, "useCache" | "credentialHelper" | KeyOption> &
  Partial<Pick<Options, "verbose" | "refresh" | "signIn">>;

/** Undefined when there is none that serves, or when there is something to tell (`--verbose`). */
export function keptAnswer(
  options: AnswerOptions,
  env: Environment,
  system: Pick<System, "now" | "readReplaced" | "fileMark" | "ownsFolder">,
): string | undefined {
  if (!options.useCache || !options.credentialHelper || options.verbose) return undefined;
  if (options.refresh === "on" || options.signIn === "always") return undefined;
  const home = homeOfEnvironment(env);
  const folder = ownFolderPath(env, home);
  const key = home === undefined ? undefined : credentialKey(options, env, home, system);
  if (key === undefined || folder === undefined) return undefined;
  // Whoever can put a folder into the home directory can put a config file there. Elsewhere it may be anybody's.
  if (!folder.startsWith(`${home}/`) && !system.ownsFolder(folder)) return undefined;
  const kept = entryOf(system.readReplaced(entryPath(folder, key.request)), key, system)?.kept;
  return kept !== undefined && lifeState(kept, system.now()) === "fresh" ? kept.answer : undefined;
}
