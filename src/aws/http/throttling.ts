/** What a service answers to whoever asks too often. */
import { Failure } from "../../lib/errors.ts";

/** Throttling codes of every AWS service, as botocore's standard mode lists them. */
export const throttlingCodes: ReadonlySet<string> = new Set([
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

/** Whether what was thrown says that a service throttled the call. */
export function isThrottling(error: unknown): boolean {
  if (!(error instanceof Failure) || error.serviceError === undefined) return false;
  return error.serviceError.status === 429 || throttlingCodes.has(error.serviceError.code);
}

/** The same Failure with what helps, when it says that a service throttled each of so many attempts. */
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
