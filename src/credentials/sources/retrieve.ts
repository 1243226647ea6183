/** Asks the source of a plan for credentials. The code of each kind of source is loaded when it is needed. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { InstanceMetadata } from "../../aws/imds/imds.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { optional } from "../../lib/optional.ts";
import { shownKeyId } from "../../lib/printable.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import type { CredentialSource } from "../credential-source.ts";
import { type CredentialKind, kindOfKeys } from "../kinds.ts";
import type { Acquired, Prompting } from "../retrieval.ts";
import { refuseExpiredKeys } from "./static.ts";
import type { WebIdentityOptions } from "./web-identity.ts";

export interface SourceContext {
  readonly system: System;
  readonly http: HttpClient;
  readonly openMetadata: () => Promise<InstanceMetadata>;
  readonly stsEndpoint: () => Promise<Endpoint>;
  /** The sign-in service in this region, or in the region of the run. */
  readonly loginEndpoint: (region: string | undefined) => Endpoint;
  /** Roles Anywhere in the region of a trust anchor. */
  readonly rolesAnywhereEndpoint: (region: string) => Endpoint;
  readonly prompt: Prompting["prompt"];
  /** The password of a private key, where a person has typed it already. */
  readonly keyPassword: string | undefined;
  /** Opens the Identity Center portal that a source names. */
  readonly openPortal: (choice: PortalChoice) => Promise<PortalAccess>;
  readonly options: WebIdentityOptions;
}

/** Throws a Failure that names the source at fault. */
export async function retrieveCredentials(
  source: CredentialSource,
  context: SourceContext,
): Promise<Acquired> {
  const acquired = await acquireByKind(source, context);
  context.http.trace(`credentials: ${acquired.principal}`);
  return acquired;
}

async function acquireByKind(source: CredentialSource, context: SourceContext): Promise<Acquired> {
  const { system, http } = context;
  const byKey = (credentials: Credentials, kind: CredentialKind): Acquired => ({
    credentials,
    kind,
    principal: `access key ${shownKeyId(credentials.accessKeyId)} from ${source.from}`,
  });
  switch (source.kind) {
    case "keys":
      refuseExpiredKeys(source, system.now());
      return {
        ...byKey(source.credentials, kindOfKeys(source.credentials)),
        ...optional("shadows", source.shadows),
      };
    case "web-identity": {
      const { acquireWithWebIdentity, webIdentityRole } = await import("./web-identity.ts");
      const role = webIdentityRole(source, context.options);
      const { credentials, arn } = await acquireWithWebIdentity(source, role, {
        system,
        http,
        endpoint: context.stsEndpoint,
      });
      return { credentials, kind: "role", principal: arn ?? `the session of ${role.roleArn}` };
    }
    case "rolesanywhere": {
      const { acquireFromRolesAnywhere } = await import("./rolesanywhere.ts");
      const { credentials, arn } = await acquireFromRolesAnywhere(source, {
        system: context.prompt === "never" ? withoutPrompt(system) : system,
        http,
        endpoint: context.rolesAnywhereEndpoint,
        ...optional("password", context.keyPassword),
      });
      return { credentials, kind: "role", principal: arn ?? `the session of ${source.roleArn}` };
    }
    case "container": {
      const { acquireFromContainer } = await import("./container.ts");
      return byKey(await acquireFromContainer(source, http, system), "instance");
    }
    case "process": {
      const { acquireFromProcess } = await import("./process.ts");
      const credentials = await acquireFromProcess(source, system, http.trace);
      return byKey(credentials, kindOfKeys(credentials));
    }
    case "login-session": {
      const { acquireFromLogin } = await import("./login-session.ts");
      const credentials = await acquireFromLogin(source, { system, http, endpoint: context.loginEndpoint });
      return byKey(credentials, "temporary");
    }
    case "sso-role": {
      const { ssoRoleCredentials } = await import("./sso.ts");
      const credentials = await ssoRoleCredentials(await context.openPortal(source.portal), source);
      const { refuseGivenExpired } = await import("./expired-response.ts");
      const principal = `role ${source.roleName} of account ${source.accountId}`;
      refuseGivenExpired(credentials, `the portal for ${principal}`, http);
      return { credentials, kind: "sso", principal };
    }
    case "instance-metadata": {
      const { acquireFromInstance } = await import("./imds.ts");
      const { credentials, role } = await acquireFromInstance(source, await context.openMetadata(), system);
      return { credentials, kind: "instance", principal: `role ${role} of ${source.from}` };
    }
  }
}

/** The system of a run that asks a person nothing. */
function withoutPrompt(system: System): System {
  return { ...system, promptSecret: async () => undefined };
}
