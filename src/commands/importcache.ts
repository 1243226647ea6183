/** `importcache`: takes a sign-in from a token file, such as the AWS CLI's, into the program's own cache. */
import type { Options } from "../cli/option-record.ts";
import { importToken } from "../sso/import-token.ts";
import type { System } from "../system/types.ts";
import { portalRun } from "./portal-command.ts";

export async function run(options: Options, system: System): Promise<number> {
  const { context } = await portalRun(options, system);
  const { startUrl, until } = await importToken(options.accesstokenCache ?? "", options, context);
  system.stderr(`aws-login: imported the sign-in to ${startUrl}, valid until ${until}`);
  return 0;
}
