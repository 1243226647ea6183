/** The source that credentials come from, as data: checked, and not yet asked. */
import { type CredentialKind, kindOfKeys } from "./kinds.ts";
import type { ContainerSource } from "./sources/container.ts";
import type { InstanceSource } from "./sources/imds.ts";
import type { LoginSource } from "./sources/login-session-plan.ts";
import type { ProcessSource } from "./sources/process.ts";
import type { RolesAnywhereSource } from "./sources/rolesanywhere.ts";
import type { SsoSource } from "./sources/sso.ts";
import type { KeysSource } from "./sources/static.ts";
import type { WebIdentitySource } from "./sources/web-identity.ts";

/** `from` names the source in messages: "the environment", "profile dev (…/config:12)". */
export type CredentialSource =
  | KeysSource
  | WebIdentitySource
  | ContainerSource
  | ProcessSource
  | LoginSource
  | SsoSource
  | InstanceSource
  | RolesAnywhereSource;

/**
 * The kind of credentials that a source gives, as far as it can be known before the source is asked. A process counts
 * as giving long-term keys, which allow every step, until it has responded.
 */
export function kindOfSource(source: CredentialSource): CredentialKind {
  switch (source.kind) {
    case "keys":
      return kindOfKeys(source.credentials);
    case "web-identity":
    case "rolesanywhere":
      return "role";
    // The agent of a task or pod serves the session of its role, as instance metadata does.
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
