/** `console`: opens the AWS Management Console as the acquired identity. */
import { checkDestination, destinationUrl } from "../aws/console/console-url.ts";
import type { Options } from "../cli/options.ts";
import { Failure } from "../errors.ts";
import { acquireIdentity } from "../identity/acquire-identity.ts";
import { consoleSignIn } from "../identity/console-sign-in.ts";
import type { System } from "../system.ts";
import { checkBrowser } from "./console-browser.ts";

/** How long the browser has to fetch the one-time address, in milliseconds. */
const browserMilliseconds = 60_000;

/**
 * The URL signs in whoever opens it. It goes to stdout only when asked for (`--no-browser`), to the clipboard only
 * when asked for (`--copy`), and to the browser by a one-time redirect from a loopback address.
 */
export async function run(options: Options, system: System): Promise<number> {
  checkDestination(options.destination);
  if (!options.noBrowser) checkBrowser(system.env, system.platform);
  const identity = await acquireIdentity(options, system);
  // A region nobody chose is not forced on the console, which remembers the person's last one.
  const destination = destinationUrl(
    options.destination,
    identity.region?.region,
    await identity.partition(),
  );
  const url = await consoleSignIn(identity, destination, options.duration, system);
  if (options.copy) await system.copyToClipboard(url);
  if (options.noBrowser) {
    await system.stdout(`${url}\n`);
    return 0;
  }
  const fetched = await system.redirectOnce(url, browserMilliseconds, (address) =>
    system.openBrowser(address),
  );
  if (fetched) return 0;
  throw new Failure(
    "failed",
    "cannot open the console: no browser fetched the sign-in address within 60 seconds",
    {
      hints: ["print the URL instead with --no-browser, or name a browser in BROWSER"],
    },
  );
}
