/** What `serve` says about what it serves. Pure. */
import type { Options } from "../../cli/option-record.ts";
import type { EndpointPlan } from "../../endpoint/endpoint.ts";
import { type EndpointAddress, profileLines } from "../../endpoint/endpoint-variables.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";

export function servedText({
  name,
  first,
  renewal,
}: Pick<EndpointPlan, "name" | "first" | "renewal">): string {
  const what = `serving the credentials of ${name}`;
  // The end of the credentials is then a guess of this program.
  if (first.credentials.expiration === undefined) return what;
  const end = formatIsoTime(first.expires);
  return renewal === "by-itself"
    ? `${what}, which end at ${end} and are renewed before`
    : `${what} until ${end}`;
}

/** What is to be known of the address besides the variables, one line each. */
export function addressLines(
  address: Pick<EndpointAddress, "metadata" | "profile">,
  { verbose }: Pick<Options, "verbose">,
): string[] {
  return [...(verbose ? profileLines(address, "programs get") : []), ...metadataLines(address)];
}

/** The warning and the variable for containers, where instance metadata is answered. */
function metadataLines({ metadata }: Pick<EndpointAddress, "metadata">): string[] {
  if (metadata === undefined) return [];
  const url = new URL(metadata);
  // From inside a container this machine has another name than from inside itself.
  if (/^(127\.|0\.0\.0\.0$|\[::1?\]$)/.test(url.hostname)) url.hostname = "host.docker.internal";
  // With the slash: version 2.9 of the AWS CLI appends the path to what it is given.
  return [
    `aws-login: warning: ${metadata} gives the credentials to every program that reaches it: instance metadata has no secret`,
    `aws-login: a container finds it by AWS_EC2_METADATA_SERVICE_ENDPOINT=${url.origin}/`,
  ];
}
