/** The addresses of the AWS Management Console: who signs in where, and which page opens. */
import { Failure } from "../../lib/errors.ts";
import { type Partition, partitions } from "../endpoints/partitions.ts";
import { readRegion } from "../endpoints/region.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";
import { consolePages } from "./console-pages.ts";

/**
 * The partition's host that takes federated sign-ins. Throws a Failure for a partition whose console is unknown.
 * The host without a region is reported to refuse them in the European Sovereign Cloud.
 */
export function signInHost(partition: Partition): string {
  consoleHost(partition);
  const { signInDomain, globalRegion } = partition;
  return partition.signsInByRegion === true ? `${globalRegion}.${signInDomain}` : signInDomain;
}

/** The console's host. Throws a Failure for a partition whose console is unknown. */
export function consoleHost(partition: Partition): string {
  if (partition.consoleHost !== undefined) return partition.consoleHost;
  throw new Failure(
    "failed",
    `cannot open a console in the partition ${partition.id}: its address is not known`,
    { hints: ["print the credentials themselves with: aws-login dumpcreds"] },
  );
}

/**
 * The page that opens: the console's home when no destination is given, a service's page when one is named, a page
 * such as `ec2/v2/home#Instances:` in the console of the region, or a whole URL, which must be of the partition's
 * console. Throws a usage Failure for anything else.
 */
export function destinationUrl(
  destination: string | undefined,
  region: string | undefined,
  partition: Partition,
): string {
  const host = consoleHost(partition);
  if (destination !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(destination)) {
    return checkedUrl(destination, host);
  }
  const page = destination?.replace(/^\/+/, "") ?? "console";
  const end = page.search(/[?#]/);
  const [path, rest] = end < 0 ? [page, ""] : [page.slice(0, end), page.slice(end)];
  // Pasted from an address line, which hides the scheme.
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(path)) return checkedUrl(`https://${page}`, host);
  const isName = !path.includes("/");
  const service = isName ? servicePage(path === "" && rest !== "" ? "console" : path, host) : { path };
  if (/\p{Cc}/u.test(page)) throw refused("it holds a control character", host);
  const url = new URL(`https://${host}/${service.path}${rest}`);
  if (region !== undefined && service.regional !== false && !url.searchParams.has("region")) {
    const parameter = `region=${uriEncode(readRegion(region).name)}`;
    url.search = url.search === "" ? parameter : `${url.search}&${parameter}`;
  }
  return url.href;
}

/** The home page of a service by its name, short ones included. */
function servicePage(text: string, host: string): { readonly path: string; readonly regional?: boolean } {
  const name = text.toLowerCase();
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw refused("it is neither the name of a service, nor a page of one, nor a whole URL", host);
  }
  const { path = name, regional = true } = consolePages[name] ?? {};
  return { path: `${path}/home`, regional };
}

/**
 * Throws a usage Failure for a destination that no partition's console takes. The partition is not known before there
 * are credentials, so this is all that can be checked until then.
 */
export function checkDestination(destination: string | undefined): void {
  const refusals: unknown[] = [];
  for (const partition of partitions) {
    if (partition.consoleHost === undefined) continue;
    try {
      destinationUrl(destination, undefined, partition);
      return;
    } catch (error) {
      refusals.push(error);
    }
  }
  throw refusals[0];
}

/** The URL as a browser will read it: what is checked here is what opens. */
function checkedUrl(destination: string, host: string): string {
  const url = URL.parse(destination);
  if (url === null) throw refused("it is not a URL", host);
  if (url.protocol !== "https:") throw refused("it does not begin with https", host);
  if (url.username !== "" || url.password !== "") throw refused("it holds a user name or password", host);
  if (url.port !== "") throw refused("it names a port", host);
  if (url.hostname !== host && !url.hostname.endsWith(`.${host}`)) {
    throw refused(`${url.hostname} does not belong to ${host}`, host);
  }
  return url.href;
}

function refused(why: string, host: string): Failure {
  return new Failure("usage", `cannot open the console at --destination: ${why}`, {
    hints: [
      `name a service (--destination ec2), a page (--destination ec2/v2/home#Instances:) or a URL (--destination https://${host}/…)`,
    ],
  });
}
