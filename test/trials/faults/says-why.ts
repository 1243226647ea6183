/** Whether an error says what was attempted, and what was wrong in a way that a person can go by. */
import type { Asked } from "./asked.ts";
import { type Nature, saidInRefusals } from "./injected.ts";

const brokenOff = /connection was closed|no response|no answer|no service responds/;
const noResponse =
  /is not one of STS|is not a JSON object|lacks [\w ]|holds no sign-in token|is not a token|did not name|no role|not hold|without AccessKeyId|sent more than|compressed response/;
const ended =
  /ended|expired|Expired|EXPIRED|revoked|invalid_|InvalidGrant|Unauthorized|InvalidCredentials|refused the credentials|approved it|not approved|status 401/;

/** The attempt and the reason stand in one line: that of the error, or of a warning where there is none. */
export function saysWhy(stderr: string, { attempt }: Asked, nature: Nature): boolean {
  const lines = stderr.split("\n");
  const told =
    lines.find((line) => line.startsWith("aws-login: error: ")) ??
    lines.find((line) => line.startsWith("aws-login: warning: ")) ??
    "";
  // A request after the one that was struck meets the closed connection.
  const isOfAttempt = nature.kind === "closed after the response" || attempt.test(told);
  return isOfAttempt && reasonOf(nature).some((reason) => reason.test(told));
}

/** Reasons of which one must be told. What was done and not answered is refused when it is asked for again. */
function reasonOf(nature: Nature): readonly RegExp[] {
  switch (nature.kind) {
    case "refused":
      return [new RegExp(saidInRefusals), statusOf(nature.status)];
    case "foreign refusal":
      return [statusOf(nature.status)];
    case "unwell":
      return [statusOf(nature.status), /InternalFailure/];
    case "redirect":
      return [/redirect \(302\)/, statusOf(302)];
    case "throttled":
      return [/Throttling|SlowDown|TooManyRequests/, statusOf(429)];
    case "stale":
    case "misdated":
      return [ended];
    case "lost":
    case "torn off after the response":
      return nature.kind === "lost" && !nature.done
        ? [brokenOff]
        : [brokenOff, ended, /MultiFactorAuthentication failed/];
    case "garbled":
      return [/not valid HTTP|no response|no service responds/];
    case "nonsense":
      return nature.done ? [noResponse, ended] : [noResponse];
    case "closed after the response":
    case "closed before the request":
      return [brokenOff];
    case "harmless":
      return [];
  }
}

function statusOf(status: number): RegExp {
  return new RegExp(`status ${status}\\b`);
}
