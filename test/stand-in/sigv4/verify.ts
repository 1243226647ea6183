import { timingSafeEqual } from "node:crypto";
import { headerValue } from "../http/message.ts";
import { partitionOfRegion } from "../partitions.ts";
import type { Call } from "../service.ts";
import { isTemporary, type Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { parseAuthorization } from "./authorization.ts";
import { canonicalRequest, signature, stringToSign } from "./canonical.ts";
import { parseTimestamp, timestampText } from "./timestamp.ts";

/** Why a request was refused, in AWS's codes and words. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type Verdict = { readonly session: Session; readonly region: string } | { readonly refusal: Refusal };

const CLOCK_TOLERANCE = 15 * 60 * 1000;

/** Decides who signed a request for `service`, from the request as received. */
export function verifySignature(call: Call, service: string, world: World): Verdict {
  const header = headerValue(call.headers, "authorization");
  if (header === undefined) {
    return refuse(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  }
  const authorization = parseAuthorization(header);
  if ("problem" in authorization) return refuse(400, "IncompleteSignature", authorization.problem);
  const timestamp = headerValue(call.headers, "x-amz-date");
  const signedAt = timestamp === undefined ? undefined : parseTimestamp(timestamp);
  if (timestamp === undefined || signedAt === undefined) {
    const problem = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    return refuse(400, "IncompleteSignature", `${problem} Authorization=${header}`);
  }

  const { accessKeyId, scope, signedHeaders } = authorization;
  const partition = call.host?.partition ?? partitionOfRegion(scope.region)?.id;
  const session = world.session(accessKeyId);
  const token = headerValue(call.headers, "x-amz-security-token");
  if (
    session === undefined ||
    !session.active ||
    session.partition !== partition ||
    session.sessionToken !== token
  ) {
    return refuse(403, "InvalidClientTokenId", "The security token included in the request is invalid");
  }
  if (isTemporary(session) && session.expiration !== undefined && session.expiration <= world.now()) {
    return refuse(403, "ExpiredToken", "The security token included in the request is expired");
  }

  const mismatch = (message: string) => refuse(403, "SignatureDoesNotMatch", message);
  const unsigned = mandatoryHeaders(call).find((name) => !signedHeaders.includes(name));
  if (unsigned !== undefined) {
    const name = unsigned === "host" ? "'Host' or ':authority'" : `'${unsigned}'`;
    return mismatch(`${name} must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const skew = clockProblem(signedAt, world.now());
  if (skew !== undefined) return mismatch(skew);
  const scopeFault = scopeProblem(authorization.scope, timestamp, service, call);
  if (scopeFault !== undefined) return mismatch(scopeFault);

  const canonical = canonicalRequest(call, signedHeaders);
  const text = stringToSign(timestamp, scope, canonical);
  const expected = signature(session.secretAccessKey, scope, text);
  if (!equal(expected, authorization.signature)) {
    // AWS repeats both strings, the token of the request in them: clients must take care not to print this.
    return mismatch(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
        "Key and signing method. Consult the service documentation for details.\n\n" +
        `The Canonical String for this request should have been\n'${canonical}'\n\n` +
        `The String-to-Sign should have been\n'${text}'\n`,
    );
  }
  return { session, region: scope.region };
}

function refuse(status: number, code: string, message: string): Verdict {
  return { refusal: { status, code, message } };
}

function mandatoryHeaders(call: Call): string[] {
  const sent = call.headers.map(([name]) => name.toLowerCase());
  return ["host", ...sent.filter((name) => name === "content-type" || name.startsWith("x-amz-"))];
}

function clockProblem(signedAt: number, now: number): string | undefined {
  const text = timestampText(signedAt);
  const present = timestampText(now);
  if (signedAt < now - CLOCK_TOLERANCE) {
    const limit = timestampText(now - CLOCK_TOLERANCE);
    return `Signature expired: ${text} is now earlier than ${limit} (${present} - 15 min.)`;
  }
  if (signedAt > now + CLOCK_TOLERANCE) {
    const limit = timestampText(now + CLOCK_TOLERANCE);
    return `Signature not yet current: ${text} is still later than ${limit} (${present} + 15 min.)`;
  }
  return undefined;
}

function scopeProblem(
  scope: { date: string; region: string; service: string },
  timestamp: string,
  service: string,
  call: Call,
): string | undefined {
  const date = timestamp.slice(0, 8);
  if (scope.date !== date) {
    return (
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
      `'${scope.date}' != '${date}', from '${timestamp}'.`
    );
  }
  if (scope.service !== service) return `Credential should be scoped to correct service: '${service}'. `;
  const region = call.host?.signingRegion;
  if (region !== undefined && scope.region !== region) {
    return `Credential should be scoped to a valid region, not '${scope.region}'. `;
  }
  return undefined;
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
