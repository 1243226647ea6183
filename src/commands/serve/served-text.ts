/** What `serve` says about what it serves. Pure. */
import type { EndpointPlan } from "../../endpoint/endpoint.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";

export function servedText({
  name,
  first,
  renewal,
}: Pick<EndpointPlan, "name" | "first" | "renewal">): string {
  const what = `serving the credentials of ${name}`;
  // The end of the set is then a guess of this program.
  if (first.credentials.expiration === undefined) return what;
  const end = formatIsoTime(first.expires);
  return renewal === "by-itself"
    ? `${what}, which end at ${end} and are renewed before`
    : `${what} until ${end}`;
}
