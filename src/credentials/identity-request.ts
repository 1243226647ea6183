/** The options that say which identity is wanted. Types only. */
import type { LoginOptions } from "../sso/portal.ts";
import type { RoleChainOptions } from "./role-chain/plan-steps.ts";
import type { RolesAnywhereOptions } from "./sources/rolesanywhere.ts";
import type { SsoRoleOptions } from "./sources/sso.ts";
import type { WebIdentityTokenOptions } from "./sources/web-identity-option.ts";

export interface IdentityRequest
  extends RoleChainOptions,
    SsoRoleOptions,
    LoginOptions,
    RolesAnywhereOptions,
    WebIdentityTokenOptions {
  readonly profile?: string;
  /** What names the profile, for messages; absent: `--profile`. */
  readonly profileFrom?: string;
  readonly region?: string;
  /** The URL of Roles Anywhere. */
  readonly endpoint?: string;
  readonly assumeRoles?: string;
  readonly mfaToken?: string;
  readonly verbose: boolean;
  /** The output is for an SDK: warnings about the files are left out unless `verbose`. */
  readonly credentialHelper?: boolean;
}
