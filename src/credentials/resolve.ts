/** From the options, the environment and the profiles to credentials: what four of the commands begin with. */

import { type Partition, partitionOfRegion } from "../aws/endpoints/partitions.ts";
import type { Endpoint } from "../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../aws/http/http-client.ts";
import type { InstanceMetadata } from "../aws/imds/imds.ts";
import { loadSharedConfig } from "../config/load.ts";
import { homeDirectory } from "../config/paths.ts";
import { chooseProfile, chosenProfile } from "../config/profile-choice.ts";
import { checkedRegion, chooseRegion, type RegionChoice, shellRegion } from "../config/region.ts";
import type { Credentials } from "../lib/credentials.ts";
import { type RunEndpoints, runEndpoints, serviceEndpoint } from "../settings/endpoints.ts";
import { openHttpClient } from "../settings/http-client.ts";
import type { System } from "../system/types.ts";
import type { ChainPlan } from "./default-chain.ts";
import type { IdentityRequest } from "./identity-request.ts";
import { optionsWithoutEffect, withoutEffectWarning } from "./options-without-effect.ts";
import {
  type CredentialKind,
  type CredentialSource,
  defaultSessionName,
  kindAfter,
  type Step,
} from "./plan.ts";
import type { Retrieval } from "./retrieval.ts";
import { environmentSource } from "./sources/environment.ts";
import { kindOfSource, retrieveCredentials } from "./sources/retrieve.ts";

/** What is known of an identity before anybody is asked for it. */
export interface Prospect
  extends Pick<RunEndpoints, "checkStsEndpoint" | "signInEndpoint" | "namedPartition"> {
  /** The kind of its credentials, as far as it can be known. */
  readonly kind: CredentialKind;
  /** The region that somebody chose; undefined when nobody did. */
  readonly region: RegionChoice | undefined;
}

/** Credentials, and what is needed to use them. */
export interface Identity {
  readonly credentials: Credentials;
  readonly kind: CredentialKind;
  /** How to name whoever holds them: an ARN, or a key and where it came from. */
  readonly principal: string;
  /** The region that somebody chose; undefined when nobody did. */
  readonly region: RegionChoice | undefined;
  /** `AWS_REGION` for a shell that takes over the credentials; undefined when its own may stay. */
  shellRegion(): string | undefined;
  readonly http: HttpClient;
  stsEndpoint(): Promise<Endpoint>;
  /** The endpoint that a setting puts in the place of the console's sign-in host. */
  signInEndpoint(): Endpoint | undefined;
  /** The partition that the credentials belong to. */
  partition(): Promise<Partition>;
}

/**
 * Throws a Failure; nothing is tried after one. No request is made before everything given is known to be sound, as far
 * as that can be told: `check` throws for what the caller could not use. It is left out where nobody is asked anything on
 * the way to the credentials. What only some runs need is loaded when they need it: this is the way of every run that
 * asks AWS.
 */
export async function acquireIdentity(
  request: IdentityRequest,
  given: System,
  check?: (prospect: Prospect) => unknown,
): Promise<Identity> {
  // What is cached depends on the content that this run reads, from here on.
  const reads = request.useCache ? (await import("./cache/recorded-reads.ts")).recordReads(given) : undefined;
  const system = reads?.system ?? given;
  const { env } = system;
  const config = await loadSharedConfig(system);
  const sso =
    request.ssoAcctId === undefined
      ? undefined
      : (await import("./sources/sso-plan.ts")).ssoSourceOfOptions(request, config);
  const choice = chooseProfile(request.profile, env);
  // Where Identity Center is the start, a profile gives settings only, and need not exist.
  const profile = sso === undefined ? chosenProfile(choice, config) : config.profile(choice.name);
  const region = chooseRegion(request.region, env, profile);
  const trace = request.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  trace(`profile: ${choice.name} (${choice.source})${profile === undefined ? ", which does not exist" : ""}`);

  const source: ChainPlan =
    sso !== undefined
      ? { start: sso, roles: [], skipped: [] }
      : (environmentSource(choice, env) ??
        (await import("./default-chain.ts")).planSource({ env, config, choice, profile }));
  for (const why of source.skipped) trace(`passed over: ${why}`);
  trace(`taken: ${source.start.from}`);
  if (source.start.kind === "sso-role" && request.ssoRegion !== undefined) {
    const { refuseOtherRegion } = await import("../sso/portal-choice.ts");
    refuseOtherRegion(source.start.portal, request.ssoRegion, source.start.from);
  }
  const roles =
    request.assumeRoles === undefined
      ? []
      : await (await import("./role-chain/role-list.ts")).readRoleList(request.assumeRoles, system);
  const roleArns = [...sourceArns(source.start), ...[...source.roles, ...roles].map((role) => role.roleArn)];
  const http = await openHttpClient(system, profile, trace);
  let metadata: Promise<InstanceMetadata> | undefined;
  const openMetadata = () => {
    metadata ??= import("./sources/imds.ts").then(({ openInstance }) => openInstance(http, env, profile));
    return metadata;
  };
  const places = runEndpoints({
    env,
    profile,
    config,
    chosen: region,
    roleArns,
    // The region of an instance is asked for only where credentials came from there and nobody chose another.
    instanceRegion:
      source.start.kind === "instance-metadata" ? async () => (await openMetadata()).region() : undefined,
    trace,
  });
  const wantsSteps =
    source.roles.length > 0 || roles.length > 0 || request.getSessionToken || request.getFederationToken;
  const steps: readonly Step[] = wantsSteps
    ? (await import("./role-chain/plan-steps.ts")).planSteps(
        source.roles,
        roles,
        request,
        kindOfSource(source.start),
        places.likelyPartition,
      )
    : [];
  for (const idle of optionsWithoutEffect(source.start, steps, request))
    system.stderr(withoutEffectWarning(idle));
  if (steps.length > 0) await places.checkStsEndpoint();
  if (steps.length > 0 || source.start.kind !== "keys") {
    await check?.({ ...places, kind: steps.reduce(kindAfter, kindOfSource(source.start)), region });
  }
  let { mfaToken } = request;
  const retrieval: Retrieval = {
    retrieveSource: ({ prompt, opened }) =>
      retrieveCredentials(source.start, {
        system,
        http,
        openMetadata,
        stsEndpoint: places.stsEndpoint,
        loginEndpoint: places.loginEndpoint,
        openPortal: async (choice) => {
          const { openPortal } = await import("../sso/portal.ts");
          const portal = await openPortal(choice, {
            system,
            home: await homeDirectory(system),
            http,
            endpoint: (service, name) => serviceEndpoint(service, name, { env, profile, config, trace }),
            options: prompt === "never" ? { ...request, signIn: "never" } : request,
          });
          await opened?.(portal);
          return portal;
        },
        options: { roleSessionName: defaultSessionName, ...request },
      }),
    askMfaCode: async (start) => {
      if (mfaToken !== undefined || steps.length === 0) return;
      (await import("./role-chain/plan-steps.ts")).checkSteps(steps, start.kind, request.duration);
      mfaToken = await (await import("./role-chain/run-steps.ts")).askMfaCodeAhead(start, steps, system);
    },
    runSteps: async (start, { prompt }) => {
      if (steps.length === 0) return start;
      // What a program gave out is known only now.
      (await import("./role-chain/plan-steps.ts")).checkSteps(steps, start.kind, request.duration);
      return (await import("./role-chain/run-steps.ts")).runSteps(start, steps, {
        system: prompt === "never" ? { promptSecret: async () => undefined } : system,
        http,
        endpoint: places.stsEndpoint,
        mfaToken,
      });
    },
  };
  const acquired =
    reads === undefined
      ? await retrieval.runSteps(await retrieval.retrieveSource({ prompt: "allowed" }), { prompt: "allowed" })
      : await (await import("./cache/cached-credentials.ts")).acquireCached(retrieval, {
          source: source.start,
          withSteps: steps.length > 0,
          ...{ request, reads, clock: http, trace },
        });
  return {
    ...acquired,
    region,
    shellRegion: () => shellRegion(request.region, env, profile, choice.source),
    http,
    ...places,
  };
}

/** The ARNs of what the start itself takes, which tell the partition as those of the roles do. */
function sourceArns(start: CredentialSource): string[] {
  if (start.kind === "sso-role") {
    const { region } = start.portal;
    const plain = region === undefined ? undefined : checkedRegion({ value: region, source: "" }).region;
    return plain === undefined ? [] : [`arn:${partitionOfRegion(plain).id}:iam::${start.accountId}:root`];
  }
  if (start.kind === "web-identity") return [start.roleArn];
  return start.kind === "login-session" ? [start.session] : [];
}
