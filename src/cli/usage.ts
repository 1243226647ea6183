import { Failure } from "../lib/errors.ts";

/** A command line that cannot be meant. `hint` is what was probably meant, or where to look it up. */
export function usage(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}
