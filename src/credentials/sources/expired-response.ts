/** Credentials that have expired on arrival, most often because this machine's clock is wrong. */
import { awsNow, type HttpClient } from "../../aws/http/http-client.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";

/** Throws a Failure when the credentials that `giver` ("STS") just gave have expired by the time AWS would read. */
export function refuseGivenExpired(
  { expiration }: Credentials,
  giver: string,
  http: Pick<HttpClient, "system" | "clockOffset">,
): void {
  const now = awsNow(http);
  if (expiration === undefined || expiration > now) return;
  const [end, here] = [expiration, now].map(formatIsoTime);
  throw new Failure("failed", `what ${giver} gave expired at ${end}, and it is now ${here}`, {
    hints: ["check this machine's clock, and any endpoint that you have set"],
  });
}
