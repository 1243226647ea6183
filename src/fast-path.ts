/**
 * The answer to `credential_process` as it is kept, without anything that could get another one. SDKs and Terraform
 * start the program for every process of theirs, so this is on the way of every start: each module that it loads, and
 * each thing of the runtime that it is the first to use, is a decision. That is why nothing here is asynchronous.
 */
import type { Options } from "./cli/options.ts";
import { homeOfEnvironment, ownFolderPath } from "./config/paths.ts";
import { credentialKey, type KeyOption } from "./credentials/cache/key.ts";
import { lifeState } from "./credentials/cache/lifetime.ts";
import { credentialFolder, entryOf, entryPath } from "./credentials/cache/read.ts";
import type { Environment, System } from "./system/types.ts";

/** Those that have a say in it; the others count as not given when they are absent. */
export type AnswerOptions = Pick<Options, "useCache" | "credentialHelper" | KeyOption> &
  Partial<Pick<Options, "verbose" | "refresh" | "signIn">>;

/**
 * Undefined when there is none that serves, or when there is something to tell (`--verbose`). Throws a Failure for an
 * `AWS_LOGIN_HOME` that cannot be used.
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
  // In the usual place whose it is goes unasked, for that costs a third of a start: who could gain by it is told in
  // SECURITY.md. Elsewhere it may be anybody's. HOME=/ is no home: containers have it whose user has none.
  const isElsewhere = env.AWS_LOGIN_HOME || home === "";
  if (isElsewhere && !system.areOwn([folder, credentialFolder(folder), path])) return undefined;
  const cached = entryOf(system.readReplaced(path), key, system.mappedFingerprint)?.cached;
  return cached !== undefined && lifeState(cached, system.now()) === "fresh" ? cached.answer : undefined;
}
