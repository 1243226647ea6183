/** The credential endpoint: a server on this machine from which SDKs fetch credentials that are renewed in time. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import type { RequestServer, ServedRequest, ServedResponse } from "../system/endpoint-types.ts";
import type { System } from "../system/types.ts";
import { acquireSet } from "./acquire-set.ts";
import type { AcquiredSet } from "./acquired-set.ts";
import { admittedPath, type EndpointSecrets } from "./admission.ts";
import type { EndpointAddress } from "./endpoint-variables.ts";
import { failureLines } from "./failure-lines.ts";
import { listen } from "./listen.ts";
import { profileInPath, profileRequest, serveProfiles } from "./profile-credentials.ts";
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
  readonly listening: EndpointOptions;
}

/** What of the endpoint an option chooses. */
export interface EndpointOptions {
  /** Absent: a free one. */
  readonly port?: number;
  /** Whether `PATH/profile/NAME` is answered with the credentials of that profile. */
  readonly profiles?: boolean;
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
  const identities = await serveIdentities(plan, system, tell);
  const secrets: EndpointSecrets = {
    path: `/${system.randomBytes(secretBytes).toHex()}`,
    token: system.randomBytes(secretBytes).toHex(),
  };
  const { port = 0 } = plan.listening;
  const copy = await storeConfigCopy(system);
  let server: RequestServer;
  try {
    server = await listen({ hostname: "127.0.0.1", port }, system, (request, ownPort) =>
      respond(request, secrets, ownPort, identities),
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
    renewWhenDue: identities.renewWhenDue,
    close: async () => {
      await server.stop();
      await copy?.remove();
      // A renewal may have spent a refresh token whose successor is not stored yet.
      await identities.settle();
      await system.windUp();
    },
  };
}

interface Identities {
  /** Those that stand behind the secret path, in what follows it; undefined where nothing does. */
  at(rest: string): ServedCredentials | undefined;
  renewWhenDue(): void;
  settle(): Promise<void>;
}

async function serveIdentities(plan: EndpointPlan, system: System, tell: Tell): Promise<Identities> {
  const signInMark = await watchSignIns(system);
  const request = renewalRequest(plan.request);
  const served = serveCredentials({
    system,
    first: plan.first,
    acquire: plan.renewal === "by-itself" ? () => acquireSet(request, system) : undefined,
    signInMark,
    onFailure: (failure, valid) => void tell(failureLines(plan.name, failure, valid)),
  });
  const hint = "name a profile whose credentials end, for example one with a role";
  const openProfile = (name: string) =>
    serveCredentials({
      system,
      first: undefined,
      acquire: () => acquireSet(profileRequest(request, name), system, hint),
      signInMark,
      onFailure: (failure, valid) => void tell(failureLines(name, failure, valid)),
    });
  const profiles = serveProfiles(openProfile, system);
  return {
    at: (rest) => {
      if (rest === "") return served;
      const name = plan.listening.profiles ? profileInPath(rest) : undefined;
      return name === undefined ? undefined : profiles.of(name);
    },
    renewWhenDue: () => {
      served.renewWhenDue();
      profiles.renewWhenDue();
    },
    settle: async () => {
      await Promise.all([served.settle(), profiles.settle()]);
    },
  };
}

async function respond(
  request: ServedRequest,
  secrets: EndpointSecrets,
  port: number,
  identities: Identities,
): Promise<ServedResponse> {
  const rest = admittedPath(request, secrets, port);
  if (rest === undefined || !(await request.isOurs())) return forbidden;
  const found = await identities.at(rest)?.current();
  if (found === undefined) return forbidden;
  return found instanceof Failure ? failureResponse(found) : credentialsResponse(found);
}
