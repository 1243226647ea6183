/** What trouble does to a command, as a rule: read off the contract and AWS's own SDKs, never off the program. Pure. */
import type { RequestKind } from "./asked.ts";
import { metadataExpectation } from "./expectation-metadata.ts";
import { pollExpectation } from "./expectation-poll.ts";
import { done, type Expectation, either, failed, type Strike } from "./strike.ts";

/** Three attempts, a second apart, whatever went wrong: as botocore asks the agents of containers. */
const containerAttempts = 3;

const harmless: Expectation = { ends: ["done"], struck: [1, 9], more: 0 };

/**
 * Undefined for what is not played: throttling that lasts, for those who ask more and more slowly and never give up
 * (they are tried with a clock of their own), and what no client can tell from a right response.
 */
export function expectation(strike: Strike): Expectation | undefined {
  const { nature, request } = strike;
  if (nature.kind === "harmless") return harmless;
  if (nature.kind === "closed after the response") return closedAfter(strike);
  if (nature.kind === "closed before the request") return closedBefore(strike);
  if (nature.kind === "misdated") {
    // Who asks without a signature goes by the date of the response. An hour on, keys of an hour have ended; else the
    // next signature is refused for its time, and made again.
    const isHour = request === "sts with a web identity" || request === "session of a certificate";
    if (isHour && nature.ahead) return failed(1);
    return { ends: ["done"], struck: [1, 9], more: tellsTime(request) && strike.signedNext ? 1 : 0 };
  }
  if (nature.kind === "torn off after the response") {
    const noticed = tornOff(strike);
    return noticed && either({ ends: ["done"], struck: [1, 9] }, noticed);
  }
  if (nature.kind === "lost" && nature.begun === "perhaps") return tornOff(strike);
  const isResent = request === "roles of an account" || request === "more accounts";
  if (isResent && nature.kind === "lost" && nature.begun === false) return resent(strike);
  if (request.includes("metadata")) return metadataExpectation(strike);
  switch (request) {
    case "container":
      return strike.forEver ? failed(containerAttempts) : done(1);
    case "device poll":
      return pollExpectation(strike);
    case "authorization code":
      // It works once, and the server that answered has used it.
      return failed(1);
    case "accounts":
    case "more accounts":
    case "roles of an account":
      if (nature.kind === "throttled") return strike.forEver ? undefined : done(1);
      break;
    case "logout":
      // Its right response has no body that could be missing.
      if (nature.kind === "nonsense" && nature.what === "nothing") return done(0);
      if (nature.kind === "nonsense" && nature.done && nature.what === "text") return done(0);
      if (nature.kind === "lost" && nature.begun) return done(0);
      if (nature.kind === "stale") return done(0);
      break;
    default:
  }
  if (nature.kind === "stale") return stale(strike);
  // A portal that refuses what was asked for may grant less.
  if (request === "client" && nature.kind === "refused" && nature.status === 400) return stale(strike);
  if (request === "client" && nature.kind === "unwell" && nature.own) return asksForLess(strike);
  if (isSecondBest(strike)) return strike.forEver ? failed(2) : { ends: ["warned"], struck: [1, 1], more: 1 };
  if (isClosedAccount(strike)) return { ends: ["warned"], struck: [1, 1], more: 0 };
  if (!isRetried(strike)) return inVain(strike, 1);
  if (strike.forEver || strike.attempts === 1) return inVain(strike, strike.forEver ? strike.attempts : 1);
  return nature.kind === "lost" && nature.done ? afterSpent(request) : done(1);
}

/** The next request of the service may find a connection of the pool ended, and is made again over another. */
function closedAfter({ request, forEver, attempts, next }: Strike): Expectation {
  if (isListing(request) || request.includes("metadata")) {
    // The runtime sends a GET once more, which may find another such connection; and through a proxy not even once when it
    // sees the end before it has sent the request.
    const isLast = attempts === 1 && (forEver || isListing(request));
    return { ends: isLast ? ["done", "failed"] : ["done"], struck: [1, 9] };
  }
  const isOnlyAttempt = attempts === 1 && next !== undefined && isRepeatedByProgram(next);
  return isOnlyAttempt ? { ...harmless, ends: ["done", "failed"] } : harmless;
}

/** Undefined for the first request of a service, which opens its connection. */
function closedBefore({ request, forEver, attempts, hasBefore }: Strike): Expectation | undefined {
  // Each repetition may find another connection of those that were kept open, and end it.
  if (isListing(request)) return { ends: forEver ? ["done", "failed"] : ["done"], struck: [0, 99] };
  if (!hasBefore) return undefined;
  // It works once and is not repeated, so it goes over a connection of its own.
  if (request === "authorization code") return { ends: ["done"], struck: [0, 0], more: 0 };
  return isRepeatedByProgram(request) && attempts === 1 ? failed(1) : done(1);
}

function isListing(request: RequestKind): boolean {
  return ["accounts", "more accounts", "roles of an account"].includes(request);
}

/** The runtime repeats a GET or a PUT that finds a kept connection ended, but no POST. Polls go on in any case. */
function isRepeatedByProgram(request: RequestKind): boolean {
  return ["sts", "sts with a code", "sts with a web identity", "client", "device code"].includes(request);
}

function tellsTime(request: RequestKind): boolean {
  return ["sts with a web identity", "session of a certificate", "role", "login renewal"].includes(request);
}

/** As many connections as are kept open at once for the accounts of the sample portal, and the first of all. */
const keptOpen = 9;

/** The runtime sends a GET again that found a connection which had been kept open ended (RFC 9110, 9.2.2). */
function resent({ forEver, attempts }: Strike): Expectation {
  if (forEver) return { ends: ["failed"], struck: [attempts, attempts * keptOpen] };
  return attempts === 1 ? either(done(1), failed(1)) : done(1);
}

function isRetried({ nature, request }: Strike): boolean {
  switch (nature.kind) {
    case "unwell":
      return request !== "sts with a code";
    case "throttled":
      // SSO-OIDC throttles with `slow_down`, which only asks for longer pauses between polls.
      return request !== "sts with a code" && request !== "refresh" && request !== "early refresh";
    case "garbled":
      return true;
    case "lost":
      return request !== "sts with a code" || nature.begun === false;
    default:
      return false;
  }
}

/** The sign-in service refuses a duration and the credentials with one status: it is asked again without the first. */
function isSecondBest({ nature, request }: Strike): boolean {
  const refuses = nature.kind === "refused" || nature.kind === "foreign refusal";
  return request === "console token with a duration" && refuses && nature.status === 400;
}

/** An account that was just taken away is left out, if it is the portal that says so. */
function isClosedAccount({ nature, request }: Strike): boolean {
  return request === "roles of an account" && nature.kind === "refused" && nature.status !== 400;
}

/** Some portals respond with 500 where they mean 400: after its retries the client asks for less, with retries again. */
function asksForLess({ forEver, attempts }: Strike): Expectation {
  return forEver ? failed(2 * attempts) : done(1);
}

/** What was good once has had its effect, and the response is not known. */
function afterSpent(request: RequestKind): Expectation {
  switch (request) {
    case "refresh":
    case "login renewal":
      return { ends: ["sign-in needed"], struck: [1, 1] };
    case "early refresh":
      return done(1);
    case "sts with a code":
    case "login code":
      return failed(1);
    default:
      return done(1);
  }
}

/** A token or keys that the service does not take any more. */
function stale({ request, forEver, token, spare }: Strike): Expectation {
  switch (request) {
    case "role":
    case "accounts":
    case "more accounts":
    case "roles of an account":
      if (token === "of this sign-in") return failed(1);
      if (token === "not renewed") return { ends: ["sign-in needed"], struck: [1, 1] };
      return forEver ? { ends: ["sign-in needed"], struck: [2, 16] } : done(2);
    case "client":
      return forEver ? failed(2) : done(1);
    case "device code":
      return forEver ? failed(2) : done(2);
    case "refresh":
    case "login renewal":
      return { ends: ["sign-in needed"], struck: [1, 1] };
    case "early refresh":
      return done(0);
    case "console token with a duration":
      return forEver ? failed(2) : { ends: ["warned"], struck: [1, 1], more: 1 };
    default:
      return spare ? done(0) : failed(1);
  }
}

/** After so many requests the command goes on without a response if it can, or ends. */
function inVain({ request, spare }: Strike, struck: number): Expectation {
  if (request === "early refresh" || spare) {
    return { ends: ["done"], struck: [struck, struck], more: struck - 1 };
  }
  return failed(struck);
}

/** A connection that ends at a moment when one may, or may not, have seen the beginning of the response. */
function tornOff(strike: Strike): Expectation | undefined {
  const [before, within] = [false, true].map((begun) =>
    expectation({ ...strike, nature: { kind: "lost", done: true, begun } }),
  );
  return before && within && either(before, within);
}
