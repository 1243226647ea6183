/** The credential endpoint: a server on this machine from which SDKs fetch credentials that are renewed in time. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import { acquireIdentity } from "../credentials/resolve.ts";
import { errorCode, Failure, reasonOf } from "../lib/errors.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import { optional } from "../lib/optional.ts";
import type {
  RequestServer,
  ServedAddress,
  ServedRequest,
  ServedResponse,
} from "../system/endpoint-types.ts";
import type { System } from "../system/types.ts";
import { type AcquiredSet, acquiredSet } from "./acquired-set.ts";
import { admittedPath, type EndpointSecrets } from "./admission.ts";
import type { EndpointAddress } from "./endpoint-variables.ts";
import { renewalRequest } from "./renewal-request.ts";
import { credentialsResponse, failureResponse, forbidden } from "./responses.ts";
import { type ServedCredentials, serveCredentials } from "./served-credentials.ts";
import { watchSignIns } from "./sign-in-mark.ts";
import { storeConfigCopy } from "./stored-copy.ts";

/** What is served, as data: a copy of the program in the background gets it through a pipe. */
export interface EndpointPlan {
  readonly request: IdentityRequest;
  /** The identity's name in messages. */
  readonly name: string;
  readonly first: AcquiredSet;
  readonly renewal: "by-itself" | "needs-person";
  /** 0 for a free one. */
  readonly port: number;
}

export interface Endpoint {
  readonly address: EndpointAddress;
  /** To be called about once a second. */
  renewWhenDue(): void;
  /** Finishes what has begun; to be called when nothing is left to do but to end this process. */
  close(): Promise<void>;
}

/** Tells the person, one line each. */
export type Tell = (lines: readonly string[]) => Promise<void>;

/** 256 bits each. */
const secretBytes = 32;

/** Resolves when the endpoint answers. Throws a Failure when the port is taken or the copy of the config cannot be written. */
export async function openEndpoint(plan: EndpointPlan, system: System, tell: Tell): Promise<Endpoint> {
  const signInMark = await watchSignIns(system);
  const served = serveCredentials({
    system,
    first: plan.first,
    acquire:
      plan.renewal === "by-itself" ? () => acquireSet(renewalRequest(plan.request), system) : undefined,
    signInMark,
    onFailure: (failure, valid) => void tell(failureLines(plan.name, failure, valid)),
  });
  const secrets: EndpointSecrets = {
    path: `/${system.randomBytes(secretBytes).toHex()}`,
    token: system.randomBytes(secretBytes).toHex(),
  };
  const copy = await storeConfigCopy(system);
  let server: RequestServer;
  try {
    server = await listen({ hostname: "127.0.0.1", port: plan.port }, system, (request, port) =>
      respond(request, secrets, port, served),
    );
  } catch (error) {
    await copy?.remove();
    throw error;
  }
  return {
    address: {
      uri: `http://127.0.0.1:${server.port}${secrets.path}`,
      token: secrets.token,
      ...optional("profile", copy && { name: copy.name, file: copy.file, because: copy.because }),
    },
    renewWhenDue: served.renewWhenDue,
    close: async () => {
      await server.stop();
      await copy?.remove();
      // A renewal may have spent a refresh token whose successor is not stored yet.
      await served.settle();
      await system.windUp();
    },
  };
}

async function respond(
  request: ServedRequest,
  secrets: EndpointSecrets,
  port: number,
  served: ServedCredentials,
): Promise<ServedResponse> {
  if (admittedPath(request, secrets, port) !== "" || !(await request.isOurs())) return forbidden;
  const found = await served.current();
  return found instanceof Failure ? failureResponse(found) : credentialsResponse(found);
}

async function listen(
  address: ServedAddress,
  system: Pick<System, "serveRequests">,
  respondOn: (request: ServedRequest, port: number) => Promise<ServedResponse>,
): Promise<RequestServer> {
  let port = address.port;
  try {
    const server = await system.serveRequests(address, (request) => respondOn(request, port));
    port = server.port;
    return server;
  } catch (error) {
    const why = errorCode(error) === "EADDRINUSE" ? "another program listens there" : reasonOf(error);
    throw new Failure("failed", `cannot listen on ${address.hostname}:${address.port}: ${why}`, {
      hints: ["choose another port with --port, or leave it out for a free one"],
      cause: error,
    });
  }
}

async function acquireSet(request: IdentityRequest, given: System): Promise<AcquiredSet> {
  // What other processes left behind counts from now on, and not since this process began.
  const began = given.now();
  const system: System = {
    ...given,
    startedAt: () => began,
    promptSecret: async () => undefined,
    // Warnings were shown when the first credentials were acquired.
    stderr: (line) => {
      if (request.verbose) given.stderr(line);
    },
  };
  return acquiredSet(await acquireIdentity(request, system), system.now());
}

function failureLines(name: string, failure: Failure, valid: AcquiredSet | undefined): string[] {
  const until =
    valid === undefined ? [] : [`note: the old ones are served until ${formatIsoTime(valid.expires)}`];
  const lines = [
    `error: cannot renew the credentials of ${name}: ${failure.message}`,
    ...until,
    ...failure.hints.map((hint) => `hint: ${hint}`),
  ];
  return lines.map((line) => `aws-login: ${line}`);
}
