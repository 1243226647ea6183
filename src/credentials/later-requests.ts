/** Which hosts a run asks after its source, so that the connections to them are opened while the source is asked. */
import { expectRequests } from "../aws/http/early-connections.ts";
import type { HttpClient } from "../aws/http/http-client.ts";
import { type RunEndpoints, serviceEndpoint } from "../settings/endpoints.ts";
import type { PortalAccess } from "../sso/portal.ts";
import { isOwnHost } from "../sso/token-location.ts";
import type { Inputs } from "./inputs.ts";
import type { CredentialPlan } from "./plan.ts";
import type { Step } from "./role-chain/steps.ts";

/** What follows the source. */
export interface LaterRequests {
  readonly plan: Pick<CredentialPlan, "source" | "steps">;
  readonly endpoints: Pick<RunEndpoints, "stsEndpoint" | "checkStsEndpoint">;
  /** The URL that the caller asks with the credentials; undefined where it asks none, or where it is not known yet. */
  readonly useUrl: string | undefined;
  readonly mfaToken: string | undefined;
  readonly inputs: Pick<Inputs, "env" | "profile" | "config" | "http">;
}

/**
 * To be called before the source is asked, with the Identity Center portal where the source is one. Beside a source that may
 * wait for a person or for another program no connection is opened, because it would be idle too long. The same is true
 * before a step that needs an MFA code which a person must still type.
 */
export async function expectAfterSource(
  { plan, endpoints, useUrl, mfaToken, inputs }: LaterRequests,
  portal?: Pick<PortalAccess, "startUrl" | "region">,
): Promise<void> {
  const urls: (string | undefined)[] = [];
  switch (plan.source.kind) {
    case "keys":
    case "process":
    case "container":
    case "instance-metadata":
      return;
    case "web-identity":
      // GitHub's token comes from another host.
      urls.push((await endpoints.stsEndpoint()).url);
      break;
    case "sso-role":
      // Where the token is renewed first, the portal is asked after the OIDC service.
      if (portal !== undefined) urls.push(portalUrl(portal, inputs));
      break;
    case "login-session":
    case "rolesanywhere":
      break;
  }
  if (mfaToken !== undefined || !plan.steps.some(needsCode)) {
    if (plan.steps.length > 0) urls.push((await endpoints.checkStsEndpoint())?.url);
    urls.push(useUrl);
  }
  expectRequests(inputs.http, known(urls));
}

/** Undefined where only the token, or a login, tells the region. */
function portalUrl(
  { startUrl, region }: Pick<PortalAccess, "startUrl" | "region">,
  inputs: LaterRequests["inputs"],
): string | undefined {
  if (isOwnHost(startUrl)) return undefined;
  // A custom endpoint gets its line of `--verbose` when it is used.
  return serviceEndpoint("sso", region, { ...inputs, trace: () => {} }).url;
}

/** To be called before the steps run, for a source that opened no connections. */
export function expectAfterSteps(http: HttpClient, useUrl: string): void {
  expectRequests(http, [useUrl]);
}

function needsCode(step: Step): boolean {
  return step.kind !== "federation-token" && step.mfaSerial !== undefined;
}

function known(urls: readonly (string | undefined)[]): string[] {
  return urls.filter((url) => url !== undefined);
}
