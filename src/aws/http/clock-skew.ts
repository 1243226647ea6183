/** Corrects the local clock by a server's. */
import type { HttpClient } from "./http-client.ts";

/** Codes by which AWS says that the time of a signature is off. Plain denials are not among them. */
const skewCodes: ReadonlySet<string> = new Set([
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "AuthFailure",
]);

/** Below this many milliseconds a clock is right enough for AWS, which tolerates 5 to 15 minutes. */
const tolerated = 4 * 60 * 1000;
/** `Date` has a resolution of one second, so two readings of one offset differ a little. */
const sameOffset = 5_000;

/**
 * The offset in milliseconds to add to the local clock, or undefined when the response gives no reason for a
 * new one. `Age` means that a cache stored the response, with its `Date`. `code` is AWS's error code; undefined for a
 * response whose time counts in any case.
 */
export function learntClockOffset(
  code: string | undefined,
  headers: Headers,
  localMilliseconds: number,
  usedOffset: number,
): number | undefined {
  if ((code !== undefined && !skewCodes.has(code)) || headers.has("age")) return undefined;
  const server = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(server)) return undefined;
  const difference = server - localMilliseconds;
  // The clock itself may have been set right since the last correction.
  const offset = Math.abs(difference) < tolerated ? 0 : difference;
  return Math.abs(offset - usedOffset) < sameOffset ? undefined : offset;
}

/**
 * Stores the offset that the response tells, if it differs from `usedOffset`, which the request was made with. Returns
 * whether it does. `code` as for `learntClockOffset`.
 */
export function followServerClock(
  http: Pick<HttpClient, "system" | "clockOffset" | "trace">,
  headers: Headers,
  usedOffset: number,
  code?: string,
): boolean {
  const offset = learntClockOffset(code, headers, http.system.now(), usedOffset);
  if (offset === undefined) return false;
  http.clockOffset = offset;
  const seconds = Math.round(Math.abs(offset) / 1000);
  const where = offset < 0 ? "ahead of" : "behind";
  http.trace(`the local clock is ${seconds} s ${where} AWS's: signing with AWS's time`);
  return true;
}
