/** `login`: signs in to Identity Center and stores the token, in the program's own cache or in the AWS CLI's. */
import type { Options } from "../cli/option-record.ts";
import type { System } from "../system/types.ts";
import { portalRun } from "./portal-command.ts";

/**
 * Signs in although the stored token may be valid, as `aws sso login` does. With `--sign-in never` it only makes sure
 * that the stored token serves. A login whose token cannot be stored is a Failure.
 */
export async function run(options: Options, system: System): Promise<number> {
  const signIn = options.signIn === "never" ? "never" : "always";
  const useCache = options.startUrl !== undefined;
  const { open } = await portalRun({ ...options, useCache, signIn, mustStore: true }, system);
  const portal = await open();
  const { until } = await portal.ready();
  system.stderr(`aws-login: signed in to ${portal.startUrl ?? "the portal"} until ${until}`);
  return 0;
}
