/** `logout`: revokes tokens at their portals and deletes them. */
import type { Options } from "../cli/option-record.ts";
import { loadSharedConfig } from "../config/load.ts";
import { forgetDependents } from "../credentials/cache/write.ts";
import { type LoginSource, loginSource } from "../credentials/sources/login-session-plan.ts";
import { Failure } from "../lib/errors.ts";
import { type LogoutContext, logout, ownPortals } from "../sso/logout.ts";
import { namesPortal } from "../sso/portal-of-profile.ts";
import type { System } from "../system/types.ts";
import { portalRun } from "./portal-command.ts";

/**
 * Without an option that names a portal: every portal of the program's own cache. A sign-in that cannot be ended does
 * not keep the others; the first Failure is thrown after all of them.
 */
export async function run(options: Options, system: System): Promise<number> {
  const isNamed =
    options.startUrl !== undefined || options.ssoSession !== undefined || options.profile !== undefined;
  const session = await loginSession(options, system);
  if (session !== undefined) {
    const { endLoginSession } = await import("./end-login-session.ts");
    const trace = options.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
    await endLoginSession(session, system, trace);
    return 0;
  }
  const { context, portal } = await portalRun(
    { ...options, useCache: options.startUrl !== undefined },
    system,
  );
  const logoutContext: LogoutContext = {
    ...context,
    forgetCredentials: (folder, tokenFile) => forgetDependents(system, folder, tokenFile),
  };
  const failures: Failure[] = [];
  const choices = isNamed ? [await portal()] : await ownPortals(context, (why) => failures.push(why));
  if (choices.length === 0 && failures.length === 0) {
    system.stderr(
      "aws-login: no sign-in in the program's own cache; to end a profile's: aws-login logout --profile NAME",
    );
  }
  for (const choice of choices) {
    try {
      const { was, name } = await logout(choice, logoutContext);
      system.stderr(`aws-login: ${was === "signed-in" ? "signed out of" : "not signed in to"} ${name}`);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  for (const { message } of others) system.stderr(`aws-login: warning: ${message}`);
  if (first !== undefined) throw first;
  return 0;
}

/** The `login_session` of the profile of `--profile`; undefined where an option, or the profile itself, names a portal. */
async function loginSession(options: Options, system: System): Promise<LoginSource | undefined> {
  if (options.profile === undefined || options.startUrl !== undefined || options.ssoSession !== undefined) {
    return undefined;
  }
  const profile = (await loadSharedConfig(system)).profile(options.profile);
  return profile === undefined || namesPortal(profile) ? undefined : loginSource(profile);
}
