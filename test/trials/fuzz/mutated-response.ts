/** Responses of the stand-in with a mutated body, for the executable. */
import type { Fault } from "../../stand-in/faults.ts";
import { withoutStrays } from "./judge.ts";
import { type Chance, mutated, pick } from "./mutate.ts";

/** Responses with a mutated body, in the place of the service's own. `success` is the status of half of them. */
export function mutatedResponse(
  match: NonNullable<Fault["match"]>,
  samples: readonly string[],
  secrets: RegExp,
  random: Chance,
  success = 200,
): Fault {
  const body = withoutStrays(mutated(samples, random), secrets);
  const contentType = pick(["application/json", "text/xml", "text/plain"], random);
  const status = pick([success, success, success, 400, 403, 404], random);
  return { match, times: 1000, effect: { kind: "response", status, contentType, body } };
}
