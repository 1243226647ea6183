/** `dumpcreds`: prints the acquired credentials, for a shell or for `credential_process`. */
import type { Options } from "../cli/option-record.ts";
import { acquireIdentity } from "../credentials/resolve.ts";
import { formatClearing, formatCredentials } from "../format/credentials.ts";
import { formatCredentialHelper } from "../lib/credential-process-json.ts";
import { defaultOutform } from "../lib/default-outform.ts";
import type { System } from "../system/types.ts";

export async function run(options: Options, system: System): Promise<number> {
  const outform = options.outform ?? defaultOutform(system.platform);
  if (options.clear) {
    await system.stdout(formatClearing(outform));
    return 0;
  }
  const { credentials, shellRegion } = await acquireIdentity(options, system);
  if (options.credentialHelper) {
    await system.stdout(formatCredentialHelper(credentials));
    return 0;
  }
  const comment = (await system.stdoutIsTerminal()) ? "first" : "last";
  await system.stdout(formatCredentials(credentials, { outform, region: shellRegion(), comment }));
  return 0;
}
