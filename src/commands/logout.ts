/** `logout`: revokes tokens at their portals and deletes them. */
import { logout } from "../aws/identity-center/sso.ts";
import type { Options } from "../cli/options.ts";
import { Failure } from "../errors.ts";
import type { PortalChoice } from "../identity/portal/portal-choice.ts";
import { type PortalRun, portalRun } from "../identity/portal/portal-run.ts";
import { ownSignIns, tokenAt } from "../identity/portal/stored-sign-ins.ts";
import type { System } from "../system.ts";

/** Without an option that names a portal: every one of the program's own cache. */
export async function run(options: Options, system: System): Promise<number> {
  const named =
    options.startUrl !== undefined || options.ssoSession !== undefined || options.profile !== undefined;
  const run = await portalRun({ ...options, useCache: options.startUrl !== undefined }, system);
  const choices = named && run.choice !== undefined ? [run.choice] : await ownSignIns(run.context);
  if (choices.length === 0) {
    system.stderr(
      "aws-login: no sign-in in the program's own cache; to end a profile's: aws-login logout --profile NAME",
    );
  }
  for (const choice of choices) await signOut(choice, run, system);
  return 0;
}

async function signOut(choice: PortalChoice, { context, wire }: PortalRun, system: System): Promise<void> {
  const { token, remove, forget, name, region } = await tokenAt(choice, context);
  if (token === undefined) {
    await forget();
    system.stderr(`aws-login: not signed in to ${name}`);
    return;
  }
  try {
    await logout({ wire, endpoint: context.endpoint("sso", region), accessToken: token.accessToken });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // A token that the portal does not know has nothing left to revoke; what is here goes in any case.
    if (error.answer?.status !== 401) {
      system.stderr(
        `aws-login: warning: the token of ${name} is deleted here and not revoked: ${error.message}`,
      );
    }
  }
  await remove();
  system.stderr(`aws-login: signed out of ${name}`);
}
