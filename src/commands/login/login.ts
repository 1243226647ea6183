/** `login`: signs in to Identity Center, or with console credentials where no portal is meant, and stores the result. */
import type { Options } from "../../cli/option-record.ts";
import { loadSharedConfig } from "../../config/load.ts";
import type { System } from "../../system/types.ts";
import type { SameCommand } from "../../targets/choose-portal.ts";
import { portalRun } from "../portal-command.ts";
import { consoleProfile } from "./console-profile.ts";

/**
 * Signs in although the stored token may be valid, as `aws sso login` and `aws login` do. With `--sign-in never` it only
 * makes sure that what is stored serves. A login whose result cannot be stored is a Failure.
 */
export async function run(options: Options, system: System, sameCommand?: SameCommand): Promise<number> {
  const config = await loadSharedConfig(system);
  const profileName = consoleProfile(options, config, system);
  if (profileName !== undefined) {
    const { consoleLogin } = await import("./console-login.ts");
    return consoleLogin(profileName, config, options, system);
  }
  const signIn = options.signIn === "never" ? "never" : "always";
  const useCache = options.startUrl !== undefined;
  const { open } = await portalRun({ ...options, useCache, signIn, mustStore: true }, system, sameCommand);
  const portal = await open();
  const { until } = await portal.ready();
  system.stderr(`aws-login: signed in to ${portal.startUrl ?? "the portal"} until ${until}`);
  return 0;
}
