/** `console`: opens the AWS Management Console as the acquired identity. */
import { checkDestination, destinationUrl } from "../../aws/console/console-url.ts";
import { surePartitionOfRegion } from "../../aws/endpoints/partitions.ts";
import type { Options } from "../../cli/option-record.ts";
import { acquireIdentity, type Prospect } from "../../credentials/resolve.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { checkBrowser } from "./check-browser.ts";
import { checkConsoleKind, consoleSignIn } from "./federation.ts";

/** How long the browser has to fetch the one-time address, in milliseconds. */
const browserMilliseconds = 60_000;

/**
 * Any browser that opens the URL is signed in. It goes to stdout only with `--no-browser`, to the clipboard only with
 * `--copy`, and to the browser by a one-time redirect from a loopback address.
 */
export async function run(options: Options, system: System): Promise<number> {
  checkDestination(options.destination);
  if (!options.noBrowser) checkBrowser(system.env, system.platform);
  if (options.copy) await system.checkClipboard();
  const identity = await acquireIdentity(options, system, (prospect) =>
    checkProspect(prospect, options.destination),
  );
  // Without a chosen region the URL names none: the console remembers the person's last one.
  const destination = destinationUrl(
    options.destination,
    identity.region?.region,
    await identity.partition(),
  );
  const url = await consoleSignIn(identity, destination, options.duration, system);
  if (options.copy) await copy(url, system);
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

/** Throws a Failure where no console can open, before any prompt or request. */
function checkProspect(
  { kind, region, namedPartition, signInEndpoint }: Prospect,
  destination: string | undefined,
): void {
  checkConsoleKind(kind);
  signInEndpoint();
  if (namedPartition === undefined) return;
  const ofRegion = region && surePartitionOfRegion(region.region);
  if (region !== undefined && ofRegion !== undefined && ofRegion !== namedPartition) {
    throw new Failure(
      "usage",
      `cannot open the console in ${region.region} (${region.source}): that region belongs to the partition ${ofRegion.id}, and the credentials to ${namedPartition.id}`,
      { hints: [`choose a region of theirs, for example --region ${namedPartition.globalRegion}`] },
    );
  }
  destinationUrl(destination, region?.region, namedPartition);
}

/** A clipboard that fails is a warning, because the console can open all the same. */
async function copy(url: string, system: Pick<System, "copyToClipboard" | "stderr">): Promise<void> {
  try {
    await system.copyToClipboard(url);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    system.stderr(`aws-login: warning: ${error.message}`);
  }
}
