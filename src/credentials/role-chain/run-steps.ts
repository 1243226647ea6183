/** Takes the hops of a plan, each signed by the one before. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import { assumeRole, getFederationToken, getSessionToken } from "../../aws/sts/sts.ts";
import type { Parameter } from "../../aws/sts/sts-call.ts";
import type { Session } from "../../aws/sts/sts-session.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { type Hop, kindAfter } from "../plan.ts";
import { refuseGivenExpired } from "../sources/expired-response.ts";
import type { Acquired } from "../sources/retrieve.ts";
import { askMfaCode } from "./mfa.ts";
import { roleParameters } from "./role-parameters.ts";
import { hopFailure } from "./step-error.ts";

export interface HopContext {
  readonly system: Pick<System, "promptSecret">;
  readonly http: HttpClient;
  /** The one STS endpoint of all hops, so that one connection serves them. */
  readonly endpoint: () => Promise<Endpoint>;
  /** The code of `--mfa-token`, for the first hop that needs one. */
  readonly mfaToken: string | undefined;
}

/** Takes the hops in order. Throws a Failure that names the hop at fault; nothing is tried after one. */
export async function takeHops(
  start: Acquired,
  hops: readonly Hop[],
  context: HopContext,
): Promise<Acquired> {
  let { credentials, kind, holder } = start;
  let { mfaToken } = context;
  for (const [index, hop] of hops.entries()) {
    const step = { number: index + 1, of: hops.length, hop, asked: holder };
    let session: Session;
    try {
      const endpoint = await context.endpoint();
      const serial = hop.kind === "federation-token" ? undefined : hop.mfaSerial;
      const code =
        serial === undefined ? undefined : (mfaToken ?? (await askMfaCode(serial, context.system)));
      if (serial !== undefined) mfaToken = undefined;
      session = await takeHop(hop, { http: context.http, endpoint, credentials }, code);
      refuseGivenExpired(session.credentials, "STS", context.http);
    } catch (error) {
      throw error instanceof Failure ? hopFailure(step, error) : error;
    }
    credentials = session.credentials;
    kind = kindAfter(kind, hop);
    holder = session.arn ?? `access key ${credentials.accessKeyId} of the session token`;
  }
  return { credentials, kind, holder };
}

function takeHop(
  hop: Hop,
  caller: { readonly http: HttpClient; readonly endpoint: Endpoint; readonly credentials: Credentials },
  mfaCode: string | undefined,
): Promise<Session> {
  switch (hop.kind) {
    case "role":
      return assumeRole(caller, roleParameters(hop, mfaCode));
    case "session-token": {
      const parameters: Parameter[] = durationParameter(hop.durationSeconds);
      if (hop.mfaSerial !== undefined && mfaCode !== undefined) {
        parameters.push(["SerialNumber", hop.mfaSerial], ["TokenCode", mfaCode]);
      }
      return getSessionToken(caller, parameters);
    }
    case "federation-token":
      return getFederationToken(caller, [
        ["Name", hop.name],
        // Without a policy a federated session may do nothing; with this one it may do what the user may do.
        ["PolicyArns.member.1.arn", hop.policyArn],
        ...durationParameter(hop.durationSeconds),
      ]);
  }
}

function durationParameter(seconds: number | undefined): Parameter[] {
  return seconds === undefined ? [] : [["DurationSeconds", String(seconds)]];
}
