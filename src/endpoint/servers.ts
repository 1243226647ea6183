/** The servers by which programs reach an endpoint: one for this machine, and one for containers where it is wanted. */
import { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import type { RequestServer, ServedRequest, ServedResponse } from "../system/endpoint-types.ts";
import type { System } from "../system/types.ts";
import { authorizedPath, type EndpointSecrets } from "./authorization.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { EndpointAddress } from "./endpoint-variables.ts";
import type { Identities } from "./identities.ts";
import { listen } from "./listen.ts";
import { isMetadataPath, respondAsMetadata } from "./metadata.ts";
import { credentialsResponse, failureResponse, forbidden } from "./responses.ts";

export interface Servers {
  readonly address: EndpointAddress;
  close(): Promise<void>;
}

/** 256 bits each. */
const secretBytes = 32;

const loopback = "127.0.0.1";

/** Throws a Failure when an address cannot be had. */
export async function openServers(
  { listening, region }: { readonly listening: EndpointOptions; readonly region?: string },
  identities: Identities,
  system: Pick<System, "randomBytes" | "serveRequests" | "now">,
): Promise<Servers> {
  const secrets: EndpointSecrets = {
    path: `/${system.randomBytes(secretBytes).toHex()}`,
    token: system.randomBytes(secretBytes).toHex(),
  };
  const { port = 0, imds, bind } = listening;
  const asMetadata = imds ? metadataResponder(region, identities, system) : undefined;
  const own = await listen(
    { hostname: loopback, port: bind === undefined ? port : 0 },
    system,
    async (request, ownPort) =>
      asMetadata !== undefined && bind === undefined && isMetadataPath(request.target)
        ? asMetadata(request)
        : respond(request, secrets, ownPort, identities),
  );
  let bound: RequestServer | undefined;
  try {
    bound =
      asMetadata && bind !== undefined
        ? await listen({ hostname: bind, port }, system, asMetadata)
        : undefined;
  } catch (error) {
    await own.stop();
    throw error;
  }
  const uri = `http://${loopback}:${own.port}${secrets.path}`;
  const metadata = imds ? `http://${inUrl(bind ?? loopback)}:${(bound ?? own).port}` : undefined;
  return {
    address: { uri, token: secrets.token, ...optional("metadata", metadata) },
    close: async () => {
      await Promise.all([own.stop(), bound?.stop()]);
    },
  };
}

function metadataResponder(
  region: string | undefined,
  identities: Identities,
  system: Pick<System, "randomBytes" | "now">,
): (request: ServedRequest) => Promise<ServedResponse> {
  const key = system.randomBytes(secretBytes);
  const { now } = system;
  return (request) => respondAsMetadata(request, { served: identities.own, region, key, now });
}

function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

async function respond(
  request: ServedRequest,
  secrets: EndpointSecrets,
  port: number,
  identities: Identities,
): Promise<ServedResponse> {
  const rest = authorizedPath(request, secrets, port);
  if (rest === undefined || !(await request.isOurs())) return forbidden;
  const found = await identities.at(rest)?.current();
  if (found === undefined) return forbidden;
  return found instanceof Failure ? failureResponse(found) : credentialsResponse(found);
}
