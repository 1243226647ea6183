/** What the person is told when a renewal fails. Pure. */
import type { Failure } from "../lib/errors.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import type { EndpointCredentials } from "./endpoint-credentials.ts";

/** `valid` are the credentials that are served meanwhile, `attempt` what failed. */
export function failureLines(
  name: string,
  failure: Failure,
  valid: EndpointCredentials | undefined,
  attempt: "acquire" | "renew" = "renew",
): string[] {
  const until =
    valid === undefined ? [] : [`note: the old ones are served until ${formatIsoTime(valid.expires)}`];
  const lines = [
    `error: cannot ${attempt} the credentials of ${name}: ${failure.message}`,
    ...until,
    ...failure.hints.map((hint) => `hint: ${hint}`),
  ];
  return lines.map((line) => `aws-login: ${line}`);
}
