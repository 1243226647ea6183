/**
 * The cached answer to `credential_process` for every command line and every value. `fast-path.ts` gives the same answer to
 * the most frequent ones.
 */
import type { Options } from "../cli/option-record.ts";
import { homeOfEnvironment, ownFolderPath } from "../config/paths.ts";
import { credentialKey, type KeyOption } from "../credentials/cache/key.ts";
import { lifeState } from "../credentials/cache/lifetime.ts";
import { credentialFolder, entryOf, entryPath } from "../credentials/cache/read.ts";
import type { Environment, System } from "../system/types.ts";

/** The options that matter here. An absent optional member counts as not given. */
export type AnswerOptions = Pick<Options, "useCache" | "credentialHelper" | KeyOption> &
  Partial<Pick<Options, "verbose" | "refresh" | "signIn">>;

/**
 * Undefined when no cached answer may be served, and when `--verbose` asks for more than the answer. Throws a Failure for
 * an `AWS_LOGIN_HOME` that cannot be used.
 */
export function cachedAnswer(
  options: AnswerOptions,
  env: Environment,
  system: Pick<System, "now" | "readReplaced" | "mappedFingerprint" | "areOwn">,
): string | undefined {
  if (!options.useCache || !options.credentialHelper || options.verbose) return undefined;
  if (options.refresh === "on" || options.signIn === "always") return undefined;
  const home = homeOfEnvironment(env);
  const folder = ownFolderPath(env, home);
  const key = home === undefined ? undefined : credentialKey(options, env, home, system.mappedFingerprint);
  if (key === undefined || folder === undefined) return undefined;
  const path = entryPath(folder, key.request);
  // In the default folder the owner is not checked, because that costs a third of a start; SECURITY.md says which users
  // could exploit that. Another folder may belong to any user. Containers set HOME=/ for a user without a home.
  const isElsewhere = env.AWS_LOGIN_HOME || home === "";
  if (isElsewhere && !system.areOwn([folder, credentialFolder(folder), path])) return undefined;
  const cached = entryOf(system.readReplaced(path), key, system.mappedFingerprint)?.cached;
  return cached !== undefined && lifeState(cached, system.now()) === "fresh" ? cached.answer : undefined;
}
