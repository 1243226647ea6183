/** What a fault does to a client of instance metadata (version 2). Pure. */
import { done, type Expectation, failed, type Strike } from "./strike.ts";

/** An answered 5xx or 401 is asked again so many times, however often one may ask after silence. */
const retries = 3;

const nothingFound: Expectation = { ends: ["nothing found"], struck: [1, 1] };

/** As `expectation`, for the requests whose names have `metadata` in them. */
export function metadataExpectation({ nature, request, forEver }: Strike): Expectation | undefined {
  const isToken = request === "metadata token";
  const isRegion = request === "metadata region";
  switch (nature.kind) {
    case "unwell":
      if (!forEver) return done(1);
      return isRegion
        ? { ends: ["done"], struck: [1 + retries, 1 + retries], more: retries }
        : failed(1 + retries);
    case "stale":
      if (isToken) return failed(1);
      // Each time another token is asked for as well.
      if (!forEver) return done(2);
      return isRegion
        ? { ends: ["done"], struck: [1 + retries, 1 + retries], more: 2 * retries }
        : failed(1 + retries);
    case "lost":
      // No answer means no metadata service, until there has been an answer.
      if (isToken) return nothingFound;
      // The runtime sends a GET again, once, that found a connection which had been kept open ended (RFC 9110, 9.2.2).
      if (nature.begun) return failed(1);
      return forEver ? failed(2) : done(1);
    case "garbled":
      return isToken ? nothingFound : failed(1);
    case "nonsense":
      if (isRegion && (nature.what === "nothing" || nature.what === "too much")) return done(0);
      if (!nature.done) return failed(1);
      if (request === "newer metadata folder") return done(0);
      if (nature.what === "packed") return failed(1);
      return request === "metadata keys" ? failed(1) : undefined;
    case "refused":
    case "foreign refusal":
      if (isRegion) return done(0);
      if (isToken || nature.status !== 404) return failed(1);
      return request === "newer metadata folder" ? done(0) : nothingFound;
    default:
      return isRegion ? done(0) : failed(1);
  }
}
