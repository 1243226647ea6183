/** The error of a search that finds no credentials. Pure. */
import { IDENTITY_CENTER_HINT } from "../config/profile-choice.ts";
import { Failure, type SkippedSource } from "../lib/errors.ts";

/**
 * A Failure of kind `no-credentials`. `skipped` says why each source did not apply; `hints` are those of the profile,
 * if it exists.
 */
export function noCredentials(skipped: readonly SkippedSource[], hints: readonly string[] = []): Failure {
  return new Failure("no-credentials", "no credentials found", {
    notes: skipped.map(skippedLine),
    skipped,
    hints: [
      ...hints,
      "name a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure",
      IDENTITY_CENTER_HINT,
    ],
  });
}

/** "environment: AWS_ACCESS_KEY_ID is not set". */
function skippedLine({ source, why }: SkippedSource): string {
  return `${source}: ${why}`;
}
