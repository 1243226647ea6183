/** What a fault does to a client of instance metadata (version 2). Pure. */
import { done, type Expectation, failed, type Strike } from "./strike.ts";

/** A 5xx, a 401 and a response that breaks off are retried so many times, whatever `AWS_MAX_ATTEMPTS` says. */
const retries = 3;

const nothingFound: Expectation = { ends: ["nothing found"], struck: [1, 1] };

/** The client retries in vain and then does without what it asked for. */
const doneWithout = (more: number): Expectation => ({
  ends: ["done"],
  struck: [1 + retries, 1 + retries],
  more,
});

/** The folder is read again, once: its list and the document. */
const readAgain = (forEver: boolean): Expectation => (forEver ? failed(2) : done(2));

/** As `expectation`, for the requests whose names have `metadata` in them. */
export function metadataExpectation({ nature, request, forEver }: Strike): Expectation | undefined {
  const isToken = request === "metadata token";
  const isRegion = request === "metadata region";
  const isKeys = request === "metadata keys";
  /** Whatever it responds, the client goes on with the older one. */
  const isNewerFolder = request === "newer metadata folder";
  switch (nature.kind) {
    case "unwell":
      if (!forEver) return done(1);
      return isRegion || isNewerFolder ? doneWithout(retries) : failed(1 + retries);
    case "stale":
      if (isToken) return failed(1);
      // Each time another token is asked for as well.
      if (!forEver) return done(2);
      if (isNewerFolder) return doneWithout(2 * retries + 1);
      return isRegion ? doneWithout(2 * retries) : failed(1 + retries);
    case "lost":
      if (!forEver) return done(1);
      // Without a token there may be no metadata service: one retry is enough to tell.
      if (isToken) return { ends: ["nothing found"], struck: [2, 2] };
      // The runtime sends a GET again, once, that found a connection which had been kept open ended (RFC 9110, 9.2.2).
      return { ends: ["failed"], struck: [1 + retries, 2 * (1 + retries)] };
    case "garbled":
      if (isToken) return nothingFound;
      return forEver ? failed(1 + retries) : done(1);
    case "nonsense":
      if (isRegion && (nature.what === "nothing" || nature.what === "too much")) return done(0);
      if (isNewerFolder) return done(0);
      if (isKeys) return readAgain(forEver);
      return !nature.done || nature.what === "packed" ? failed(1) : undefined;
    case "refused":
    case "foreign refusal":
      if (isRegion || isNewerFolder) return done(0);
      if (isToken || nature.status !== 404) return failed(1);
      return isKeys ? readAgain(forEver) : nothingFound;
    default:
      return isRegion || isNewerFolder ? done(0) : failed(1);
  }
}
