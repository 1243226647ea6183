/** The addresses of the AWS Management Console: who signs in where, and which page opens. */
import { Failure } from "../../lib/errors.ts";
import { type Partition, partitions } from "../endpoints/partitions.ts";
import { readRegion } from "../endpoints/region.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";
import { consolePages } from "./console-pages.ts";

/** The partition's host that takes federated sign-ins. Throws a Failure for a partition whose console is unknown. */
export function signInHost(partition: Partition): string {
  consoleHost(partition);
  return partition.signInDomain;
}

/** The console's host. Throws a Failure for a partition whose console is unknown. */
export function consoleHost(partition: Partition): string {
  if (partition.consoleHost !== undefined) return partition.consoleHost;
  throw new Failure(
    "failed",
    `cannot open a console in the partition ${partition.id}: its address is not known`,
    {
      hints: ["the credentials themselves can be had with: aws-login dumpcreds"],
    },
  );
}

/**
 * The page that opens: the console's home when no destination is given, a service's page when one is named, or a
 * whole URL, which must lie within the partition's console. Throws a usage Failure for anything else.
 */
export function destinationUrl(
  destination: string | undefined,
  region: string | undefined,
  partition: Partition,
): string {
  const host = consoleHost(partition);
  if (destination?.includes("://")) return checkedUrl(destination, host);
  const name = destination?.toLowerCase() ?? "console";
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw refused("it is neither the name of a service nor a whole URL", host);
  }
  const { path = name, regional = true } = consolePages[name] ?? {};
  const query = region === undefined || !regional ? "" : `?region=${uriEncode(readRegion(region).name)}`;
  return `https://${host}/${path}/home${query}`;
}

/**
 * Throws a usage Failure for a destination that no partition's console takes: what can be said of it before anybody
 * knows whose credentials will come.
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
  if (url === null) throw refused("it is no URL", host);
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
    hints: [`name a service, for example --destination ec2, or a page: --destination https://${host}/…`],
  });
}
