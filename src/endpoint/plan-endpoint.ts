/** The identity that an endpoint is to serve, acquired for the first time, with the person at hand. */
import { identityName } from "../credentials/identity-name.ts";
import type { IdentityRequest } from "../credentials/identity-request.ts";
import { acquireIdentity, type Identity } from "../credentials/resolve.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import { optional } from "../lib/optional.ts";
import type { System } from "../system/types.ts";
import type { EndpointPlan } from "./endpoint.ts";
import { endpointCredentials } from "./endpoint-credentials.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import { type Asked, renewalRequest, whyNotRenewable } from "./renewal-request.ts";

export interface PlannedEndpoint {
  readonly identity: Identity;
  readonly plan: EndpointPlan;
}

const MEBIBYTE = 1024 * 1024;

/** Throws a Failure. Says on stderr when the endpoint will not be able to renew the credentials. */
export async function planEndpoint(
  request: IdentityRequest,
  system: System,
  listening: EndpointOptions,
): Promise<PlannedEndpoint> {
  let asked: Asked | undefined;
  const noted = async <T extends { readonly length: number }>(
    path: string,
    content: Promise<T | undefined>,
  ) => {
    const found = await content;
    // A pipe has no fingerprint, and its content is there once. Nor has a long file, which can be read again.
    const isShort = found !== undefined && found.length < MEBIBYTE;
    if (isShort && system.fileFingerprint(path) === undefined) asked ??= "pipe";
    return found;
  };
  const asking: System = {
    ...system,
    promptSecret: (question) => {
      asked = "person";
      return system.promptSecret(question);
    },
    readText: (path, longest) => noted(path, system.readText(path, longest)),
    readBytes: (path, pipe) => noted(path, system.readBytes(path, pipe)),
    readStdin: () => {
      asked = "stdin";
      return system.readStdin();
    },
  };
  const identity = await acquireIdentity(request, asking);
  const first = endpointCredentials(identity, system.now());
  const why = whyNotRenewable(request, { ...identity, asked }, system.env);
  const name = identityName(request, identity.principal, system.env);
  if (why !== undefined) {
    const end = identity.credentials.expiration === undefined ? "they end" : formatIsoTime(first.expires);
    system.stderr(
      `aws-login: warning: the credentials of ${name} are served until ${end}, and not renewed: ${why}`,
    );
  }
  const renewal = why === undefined ? "by-itself" : "needs-person";
  const region = optional("region", identity.region?.region);
  return { identity, plan: { request: renewalRequest(request), name, first, renewal, ...region, listening } };
}
