/** The credential endpoint: a server on this machine from which SDKs fetch credentials that are renewed in time. */
import { optional } from "../lib/optional.ts";
import type { System } from "../system/types.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import type { EndpointAddress } from "./endpoint-variables.ts";
import { type Identities, type IdentityPlan, serveIdentities, type Tell } from "./identities.ts";
import { openServers, type Servers } from "./servers.ts";
import { storeConfigCopy } from "./stored-config-copy.ts";

/** What is served and how, as data: a copy of the program in the background gets it through a pipe. */
export interface EndpointPlan extends IdentityPlan {
  /** For instance metadata. */
  readonly region?: string;
  readonly listening: EndpointOptions;
}

export interface Endpoint {
  readonly address: EndpointAddress;
  /** To be called about once a second. */
  renewWhenDue(): void;
  /**
   * Finishes what has begun; to be called when nothing is left to do but to end this process. Throws a Failure when the copy
   * of the config cannot be removed.
   */
  close(): Promise<void>;
}

/**
 * Resolves when the endpoint answers. Throws a Failure when an address cannot be had or the copy of the config cannot be
 * written.
 */
export async function openEndpoint(plan: EndpointPlan, system: System, tell: Tell): Promise<Endpoint> {
  const copy = await storeConfigCopy(system);
  let identities: Identities;
  let servers: Servers;
  try {
    identities = await serveIdentities(plan, { ...system, env: copy?.env ?? system.env }, tell);
    servers = await openServers(plan, identities, system);
  } catch (error) {
    await copy?.remove();
    throw error;
  }
  return {
    address: {
      ...servers.address,
      ...optional("profile", copy && { name: copy.name, file: copy.file, because: copy.because }),
    },
    renewWhenDue: identities.renewWhenDue,
    close: async () => {
      await servers.close();
      try {
        await copy?.remove();
      } finally {
        // A renewal may have spent a refresh token whose successor is not stored yet.
        await identities.settle();
        await system.windUp();
      }
    },
  };
}
