/** `console`: opens the AWS Management Console as the acquired identity. */
import { checkDestination, destinationUrl } from "../../aws/console/console-url.ts";
import { logoutFirstUrl } from "../../aws/console/federation.ts";
import { type Partition, surePartitionOfRegion } from "../../aws/endpoints/partitions.ts";
import type { Options } from "../../cli/option-record.ts";
import { homeDirectory } from "../../config/paths.ts";
import { acquireIdentity, type Prospect } from "../../credentials/resolve.ts";
import { Failure } from "../../lib/errors.ts";
import type { BrowserProfile, System } from "../../system/types.ts";
import { checkBrowser } from "./check-browser.ts";
import { checkConsole } from "./check-options.ts";
import { checkConsoleKind, consoleSignInUrl, signInBase } from "./federation.ts";

/** How long the browser has to fetch the one-time address, in milliseconds. */
const browserMilliseconds = 60_000;

/**
 * Any browser that opens the URL is signed in. It goes to stdout only with `--no-browser`, to the clipboard only with
 * `--copy`, and to the browser by a one-time redirect from a loopback address.
 */
export async function run(options: Options, system: System): Promise<number> {
  checkConsole(options);
  checkDestination(options.destination);
  if (!options.noBrowser) checkBrowser(system.env, system.platform);
  if (options.copy) await system.checkClipboard();
  const profile = await browserProfile(options, system);
  const url = options.portalLink
    ? await (await import("./portal-link.ts")).portalLink(options, system)
    : await signInUrl(options, system);
  if (options.copy) await copy(url, system);
  if (options.noBrowser) {
    await system.stdout(`${url}\n`);
    return 0;
  }
  const fetched = await system.redirectOnce(url, browserMilliseconds, (address) =>
    system.openBrowser(address, profile),
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

/** The URL that signs the browser in. Throws a Failure. */
async function signInUrl(options: Options, system: System): Promise<string> {
  const identity = await acquireIdentity(options, system, (prospect) => checkProspect(prospect, options));
  const partition = await identity.partition();
  if (options.logoutFirst) checkLogoutFirst(partition);
  // Without a chosen region the URL names none: the console remembers the person's last one.
  const destination = destinationUrl(options.destination, identity.region?.region, partition);
  const url = await consoleSignInUrl(identity, destination, options.duration, system);
  return options.logoutFirst ? logoutFirstUrl(url, identity.signInEndpoint()?.url) : url;
}

/** The part of a browser that the options name. Throws a Failure where there is no such profile. */
async function browserProfile(options: Options, system: System): Promise<BrowserProfile | undefined> {
  if (options.firefoxContainer !== undefined)
    return { kind: "firefox-container", name: options.firefoxContainer };
  if (options.chromeProfile === undefined) return undefined;
  const { chromeProfile } = await import("./chrome-profile.ts");
  return chromeProfile(options.chromeProfile, system, await homeDirectory(system));
}

/** Throws a Failure for a partition whose logout page leads nowhere. */
function checkLogoutFirst(partition: Partition): void {
  if (partition.id === "aws") return;
  throw new Failure(
    "usage",
    `cannot use --logout-first: the logout of the partition ${partition.id} leads to no other page`,
    { hints: ["leave out --logout-first, and sign out in the browser"] },
  );
}

/** Throws a Failure where no console can open, before any prompt or request. Returns the URL of the sign-in host. */
function checkProspect(
  { kind, region, namedPartition, signInEndpoint }: Prospect,
  { destination, logoutFirst }: Pick<Options, "destination" | "logoutFirst">,
): string | undefined {
  checkConsoleKind(kind);
  const custom = signInEndpoint();
  if (namedPartition === undefined) return custom?.url;
  if (logoutFirst) checkLogoutFirst(namedPartition);
  const ofRegion = region && surePartitionOfRegion(region.region);
  if (region !== undefined && ofRegion !== undefined && ofRegion !== namedPartition) {
    throw new Failure(
      "usage",
      `cannot open the console in ${region.region} (${region.source}): that region belongs to the partition ${ofRegion.id}, and the credentials to ${namedPartition.id}`,
      { hints: [`choose a region of theirs, for example --region ${namedPartition.globalRegion}`] },
    );
  }
  destinationUrl(destination, region?.region, namedPartition);
  return signInBase(custom, namedPartition);
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
