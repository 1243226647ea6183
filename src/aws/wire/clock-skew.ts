/** Learning the right time from a server that refused ours. */

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
 * The offset in milliseconds to add to the local clock, or undefined when the answer gives no reason for a
 * new one. `Age` means that a cache kept the answer, and its `Date` with it.
 */
export function learntClockOffset(
  code: string,
  headers: Headers,
  localMilliseconds: number,
  usedOffset: number,
): number | undefined {
  if (!skewCodes.has(code) || headers.has("age")) return undefined;
  const server = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(server)) return undefined;
  const offset = server - localMilliseconds;
  if (Math.abs(offset) < tolerated || Math.abs(offset - usedOffset) < sameOffset) return undefined;
  return offset;
}
