/** From the options, the environment and the profiles to credentials: four of the commands begin with this. */

import type { Partition } from "../aws/endpoints/partitions.ts";
import type { HttpClient } from "../aws/http/http-client.ts";
import type { InstanceMetadata } from "../aws/imds/imds.ts";
import { type RegionChoice, shellRegion } from "../config/region.ts";
import { type RunEndpoints, runEndpoints } from "../settings/endpoints.ts";
import type { PortalAccess } from "../sso/portal.ts";
import type { PortalChoice } from "../sso/portal-choice.ts";
import type { System } from "../system/types.ts";
import { type CarryOutContext, carryOut } from "./carry-out.ts";
import type { IdentityRequest } from "./identity-request.ts";
import { type Inputs, loadInputs } from "./inputs.ts";
import type { CredentialKind } from "./kinds.ts";
import { type CredentialPlan, planCredentials } from "./plan.ts";
import type { Acquired } from "./retrieval.ts";

/** What is known of an identity before a request is sent for it. */
export interface Prospect extends Pick<RunEndpoints, "checkStsEndpoint" | "signInEndpoint"> {
  /** The kind of its credentials, as far as it can be known. */
  readonly kind: CredentialKind;
  /** The region of an option, a variable or the profile. */
  readonly region: RegionChoice | undefined;
  /** The partition that a role, the source or a stored sign-in names. */
  readonly namedPartition: Partition | undefined;
}

/**
 * Throws a Failure for an identity that the caller could not use. Returns the URL that the caller asks with the
 * credentials, as far as it is known: a connection to its host is opened early.
 */
export type CheckProspect = (prospect: Prospect) => Promise<string | undefined> | string | undefined;

/** Credentials, and what their use needs. */
export interface Identity
  extends Acquired,
    Pick<RunEndpoints, "stsEndpoint" | "signInEndpoint" | "partition"> {
  /** The region of an option, a variable or the profile. */
  readonly region: RegionChoice | undefined;
  readonly http: HttpClient;
  /** `AWS_REGION` for a shell that takes over the credentials; undefined when its own may stay. */
  shellRegion(): string | undefined;
}

/**
 * Throws a Failure. No request is sent before all inputs are checked, as far as that is possible. `check` is not called for
 * static keys without steps, for which no request is sent.
 * This is on the way of every command that asks AWS, so code that only some runs need is loaded when they need it.
 */
export async function acquireIdentity(
  request: IdentityRequest,
  given: System,
  check?: CheckProspect,
): Promise<Identity> {
  // What is cached depends on the content that this run reads, from here on.
  const reads = request.useCache ? (await import("./cache/recorded-reads.ts")).recordReads(given) : undefined;
  const system = reads?.system ?? given;
  const inputs = await loadInputs(request, system);
  const plan = await planCredentials(inputs);
  const { trace } = inputs;
  const { source } = plan;
  for (const { source: name, why } of plan.skipped) trace(`skipped: ${name}: ${why}`);
  trace(`source: ${source.from}`);
  for (const warning of plan.warnings) system.stderr(warning);

  return acquirePlanned(plan, inputs, { system, reads }, check);
}

/** Carries out a plan: what `acquireIdentity` does once it has decided. Throws a Failure. */
export async function acquirePlanned(
  plan: CredentialPlan,
  inputs: Inputs,
  { system, reads }: Pick<CarryOutContext, "system" | "reads">,
  check?: CheckProspect,
): Promise<Identity> {
  const { request, http, region } = inputs;
  const { source } = plan;
  const openMetadata = metadataOpener(inputs);
  let portal: PortalAccess | undefined;
  const portalPartition = async (choice: PortalChoice) => {
    const { storedPartition } = await import("./sources/stored-partition.ts");
    return storedPartition(choice, portal, request, system);
  };
  const endpoints = runEndpoints({
    ...inputs,
    chosen: region,
    partition: plan.partition,
    sourcePartition:
      source.kind === "sso-role" && source.partition === undefined
        ? () => portalPartition(source.portal)
        : undefined,
    // Instance metadata names the region of its own credentials only.
    instanceRegion:
      source.kind === "instance-metadata" ? async () => (await openMetadata()).region() : undefined,
  });
  const sendsRequests = plan.steps.length > 0 || source.kind !== "keys";
  if (plan.steps.length > 0) await endpoints.checkStsEndpoint();
  let useUrl: string | undefined;
  if (sendsRequests && check !== undefined) {
    const namedPartition = await endpoints.namedPartition();
    useUrl = await check({ ...endpoints, kind: plan.kind, region, namedPartition });
  }
  const acquired = await carryOut(plan, inputs, {
    system,
    reads,
    endpoints,
    openMetadata,
    useUrl,
    portalOpened: (opened) => {
      portal = opened;
    },
  });
  return {
    ...acquired,
    ...endpoints,
    region,
    shellRegion: () => shellRegion(request.region, inputs.env, inputs.profile, inputs.choice.source),
    http,
  };
}

/** Opens instance metadata when it is first asked for; the same session serves credentials and region. */
function metadataOpener({ http, env, profile }: Inputs): () => Promise<InstanceMetadata> {
  let metadata: Promise<InstanceMetadata> | undefined;
  return () => {
    metadata ??= import("./sources/imds.ts").then(({ openInstance }) => openInstance(http, env, profile));
    return metadata;
  };
}
