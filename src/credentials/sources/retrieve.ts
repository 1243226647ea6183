/** Carries out the start of a plan: each kind of source by the file that knows it, loaded when it is needed. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { InstanceMetadata } from "../../aws/imds/imds.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { shownKeyId } from "../../lib/printable.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import type { CredentialKind, CredentialSource } from "../plan.ts";
import type { Acquired } from "../retrieval.ts";
import type { WebIdentityOptions } from "./web-identity.ts";

/**
 * The kind of credentials that a start gives, as far as it can be known beforehand. A process is thought to give
 * long-term keys, which allow everything, until it has given others.
 */
export function kindOfSource(start: CredentialSource): CredentialKind {
  switch (start.kind) {
    case "keys":
      return kindOfKeys(start.credentials);
    case "web-identity":
      return "role";
    // The agent of a task or pod has its role's session, as instance metadata has.
    case "container":
    case "instance-metadata":
      return "instance";
    case "process":
      return "long-term";
    case "login-session":
      return "temporary";
    case "sso-role":
      return "sso";
  }
}

function kindOfKeys(credentials: Credentials): CredentialKind {
  return credentials.sessionToken === undefined ? "long-term" : "temporary";
}

export interface SourceContext {
  readonly system: System;
  readonly http: HttpClient;
  readonly openMetadata: () => Promise<InstanceMetadata>;
  readonly stsEndpoint: () => Promise<Endpoint>;
  /** The sign-in service in this region, or in the region of the run. */
  readonly loginEndpoint: (region: string | undefined) => Endpoint;
  /** Opens the Identity Center portal that a start names. */
  readonly openPortal: (choice: PortalChoice) => Promise<PortalAccess>;
  readonly options: WebIdentityOptions;
}

/** Throws a Failure that names the source at fault. */
export async function retrieveCredentials(
  start: CredentialSource,
  context: SourceContext,
): Promise<Acquired> {
  const acquired = await acquireByKind(start, context);
  context.http.trace(`credentials: ${acquired.principal}`);
  return acquired;
}

async function acquireByKind(start: CredentialSource, context: SourceContext): Promise<Acquired> {
  const { system, http } = context;
  const byKey = (credentials: Credentials, kind: CredentialKind): Acquired => ({
    credentials,
    kind,
    principal: `access key ${shownKeyId(credentials.accessKeyId)} from ${start.from}`,
  });
  switch (start.kind) {
    case "keys":
      refuseExpired(start.credentials, start.from, system);
      return byKey(start.credentials, kindOfKeys(start.credentials));
    case "web-identity": {
      const { acquireWithWebIdentity, webIdentityRole } = await import("./web-identity.ts");
      const role = webIdentityRole(start, context.options);
      const { credentials, arn } = await acquireWithWebIdentity(start, role, {
        system,
        http,
        endpoint: context.stsEndpoint,
      });
      return { credentials, kind: "role", principal: arn ?? `the session of ${role.roleArn}` };
    }
    case "container": {
      const { acquireFromContainer } = await import("./container.ts");
      return byKey(await acquireFromContainer(start, http, system), "instance");
    }
    case "process": {
      const { acquireFromProcess } = await import("./process.ts");
      const credentials = await acquireFromProcess(start, system, http.trace);
      return byKey(credentials, kindOfKeys(credentials));
    }
    case "login-session": {
      const { acquireFromLogin } = await import("./login-session.ts");
      const credentials = await acquireFromLogin(start, { system, http, endpoint: context.loginEndpoint });
      return byKey(credentials, "temporary");
    }
    case "sso-role": {
      const { ssoRoleCredentials } = await import("./sso-role.ts");
      const credentials = await ssoRoleCredentials(await context.openPortal(start.portal), start);
      const { refuseGivenExpired } = await import("./expired-response.ts");
      const principal = `role ${start.roleName} of account ${start.accountId}`;
      refuseGivenExpired(credentials, `the portal for ${principal}`, http);
      return { credentials, kind: "sso", principal };
    }
    case "instance-metadata": {
      const { acquireFromInstance } = await import("./imds.ts");
      const { credentials, role } = await acquireFromInstance(start, await context.openMetadata(), system);
      return { credentials, kind: "instance", principal: `role ${role} of ${start.from}` };
    }
  }
}

function refuseExpired({ expiration }: Credentials, from: string, system: Pick<System, "now">): void {
  if (expiration === undefined || expiration > system.now()) return;
  throw new Failure(
    "failed",
    `cannot use the credentials of ${from}: they expired at ${new Date(expiration).toISOString()}`,
    { hints: ["renew them where they came from"] },
  );
}
