/** Asks the source of a plan for credentials. The code of each kind of source is loaded when it is needed. */

import type { Credentials } from "../../lib/credentials.ts";
import { optional } from "../../lib/optional.ts";
import { shownKeyId } from "../../lib/printable.ts";
import type { CredentialSource } from "../credential-source.ts";
import { type CredentialKind, kindOfKeys } from "../kinds.ts";
import type { Acquired } from "../retrieval.ts";
import type { SourceContext } from "./source-context.ts";
import { refuseExpiredKeys } from "./static.ts";

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
    case "web-identity":
      return (await import("./web-identity.ts")).retrieveWithWebIdentity(source, context);
    case "rolesanywhere":
      return (await import("./rolesanywhere.ts")).retrieveFromRolesAnywhere(source, context);
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
