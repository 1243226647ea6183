/** Whether a browser can fetch the one-time address of the console. Pure. */
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";

/**
 * Throws a Failure in the Windows Subsystem for Linux unless BROWSER is set: the browser would be one of Windows, whose
 * connections Linux cannot tell from those of other users, so the one-time address would refuse it.
 */
export function checkBrowser(env: Environment, platform: NodeJS.Platform): void {
  const inWindowsSubsystem =
    platform === "linux" && (env.WSL_DISTRO_NAME !== undefined || env.WSL_INTEROP !== undefined);
  if (!inWindowsSubsystem || env.BROWSER) return;
  throw new Failure(
    "failed",
    "cannot open the console: a browser of Windows cannot show that it belongs to you in the Windows Subsystem for Linux",
    { hints: ["print the URL instead with --no-browser, or name a Linux browser in BROWSER"] },
  );
}
