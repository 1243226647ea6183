/** Which responses are worth another attempt, those that throttle among them. */
import { Failure } from "../../lib/errors.ts";

/** Throttling codes of every AWS service, as botocore's standard mode lists them. */
const throttlingCodes: ReadonlySet<string> = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottledException",
  "RequestThrottled",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
  "TransactionInProgressException",
  "RequestLimitExceeded",
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "SlowDown",
  "PriorRequestNotComplete",
  "EC2ThrottledException",
]);

const transientCodes: ReadonlySet<string> = new Set(["RequestTimeout", "RequestTimeoutException"]);

/** Whether a response with this HTTP status and AWS error code is worth another attempt. */
export function isRetryableResponse(status: number, code: string | undefined): boolean {
  if (status === 429 || status === 500 || status === 502 || status === 503 || status === 504) return true;
  return code !== undefined && (throttlingCodes.has(code) || transientCodes.has(code));
}

/** Whether what was thrown says that a service throttled the call. */
export function isThrottling(error: unknown): boolean {
  if (!(error instanceof Failure) || error.serviceError === undefined) return false;
  return error.serviceError.status === 429 || throttlingCodes.has(error.serviceError.code);
}

/** The same Failure with a hint added when it says that a service throttled each of so many attempts. */
export function advisedOnThrottling(failure: Failure, attempts: number): Failure {
  if (!isThrottling(failure)) return failure;
  const { kind, message, notes, hints, serviceError, exitStatus } = failure;
  const advice = `wait a little and run the command again, or let it try more often than ${attempts} times: AWS_MAX_ATTEMPTS=${attempts * 3}`;
  return new Failure(kind, message, {
    notes,
    hints: [...hints, advice],
    serviceError,
    exitStatus,
    cause: failure,
  });
}
