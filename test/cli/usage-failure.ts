import { parse } from "../../src/cli/parse.ts";
import { Failure } from "../../src/errors.ts";

/** The Failure that parsing ends in; throws when parsing succeeds. */
export function usageFailure(argv: readonly string[]): Failure {
  try {
    parse(argv);
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error(`accepted: ${argv.join(" ")}`);
}
