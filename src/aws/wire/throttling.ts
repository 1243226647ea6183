/** What a service answers to whoever asks too often. */
import { Failure } from "../../errors.ts";
import { throttlingCodes } from "./retry.ts";

/** Whether what was thrown says that a service throttled the call. */
export function isThrottling(error: unknown): boolean {
  if (!(error instanceof Failure) || error.answer === undefined) return false;
  return error.answer.status === 429 || throttlingCodes.has(error.answer.code);
}
