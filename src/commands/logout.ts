/** `logout`: revokes tokens at their portals and deletes them. */
import { logout } from "../aws/sso/portal.ts";
import type { Options } from "../cli/options.ts";
import { Failure } from "../lib/errors.ts";
import { notRevoked } from "../sso/not-revoked.ts";
import type { PortalChoice } from "../sso/portal-choice.ts";
import type { System } from "../system/types.ts";
import { type PortalRun, portalRun } from "./portal-command.ts";
import { ownPortals, tokenAt } from "./stored-sign-ins.ts";

/**
 * Without an option that names a portal: every one of the program's own cache. One that cannot be ended as it should
 * leaves the others no less ended; the first Failure is thrown when all have had their turn.
 */
export async function run(options: Options, system: System): Promise<number> {
  const isNamed =
    options.startUrl !== undefined || options.ssoSession !== undefined || options.profile !== undefined;
  const run = await portalRun({ ...options, useCache: options.startUrl !== undefined }, system);
  const failures: Failure[] = [];
  const all = () => ownPortals(run.context, (why) => failures.push(why));
  const choices = isNamed ? [run.portal()] : await all();
  if (choices.length === 0 && failures.length === 0) {
    system.stderr(
      "aws-login: no sign-in in the program's own cache; to end a profile's: aws-login logout --profile NAME",
    );
  }
  for (const choice of choices) {
    try {
      await signOut(choice, run, system);
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

async function signOut(choice: PortalChoice, { context, http }: PortalRun, system: System): Promise<void> {
  const { token, remove, forget, name, region } = await tokenAt(choice, context);
  if (token === undefined) {
    await forget();
    system.stderr(`aws-login: not signed in to ${name}`);
    return;
  }
  let unrevoked: Failure | undefined;
  try {
    await logout({ http, endpoint: context.endpoint("sso", region()), accessToken: token.accessToken });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "usage" || error.kind === "interrupted") throw error;
    // A token that the portal does not know has nothing left to revoke.
    if (error.serviceError?.status !== 401) unrevoked = error;
  }
  // What is here goes in any case.
  await remove();
  if (unrevoked !== undefined) throw notRevoked(name, token, unrevoked, system.now());
  system.stderr(`aws-login: signed out of ${name}`);
}
