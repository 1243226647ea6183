/** What a fault does to a client that polls for the approval of a device code. Pure. */
import { done, type Expectation, failed, type Strike } from "./strike.ts";

/** So many polls in a row may go wrong before the next one ends the sign-in: laptops sleep and change networks. */
const polls = 6;

/** As `expectation`, for the polls of an approved code, which works once. */
export function pollExpectation({ nature, forEver, attempts }: Strike): Expectation | undefined {
  switch (nature.kind) {
    case "throttled":
      return undefined;
    case "unwell":
    case "garbled":
      return forEver ? failed(polls * attempts) : done(1);
    case "lost":
      if (forEver) return failed(polls * attempts);
      return nature.done ? failed(1) : done(1);
    case "redirect":
      return forEver ? failed(polls) : done(1);
    case "nonsense":
      if (nature.done) return { ends: ["failed"], struck: [1, 2] };
      return forEver ? failed(polls) : done(1);
    default:
      return failed(1);
  }
}
