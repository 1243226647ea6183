/** Everything that decides about the credentials, read once. */
import type { HttpClient } from "../aws/http/http-client.ts";
import { loadSharedConfig } from "../config/load.ts";
import { chooseProfile, chosenProfile, type ProfileChoice } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { chooseRegion, type RegionChoice } from "../config/region.ts";
import type { Profile } from "../config/section.ts";
import { openHttpClient } from "../settings/http-client.ts";
import type { Environment, System } from "../system/types.ts";
import type { IdentityRequest } from "./identity-request.ts";
import type { RoleRequest } from "./role-chain/steps.ts";

export interface Inputs {
  readonly request: IdentityRequest;
  readonly env: Environment;
  readonly config: SharedConfig;
  readonly choice: ProfileChoice;
  /** Undefined when the chosen profile does not exist and does not have to. */
  readonly profile: Profile | undefined;
  /** The region of an option, a variable or the profile; undefined when none of them names one. */
  readonly region: RegionChoice | undefined;
  /** The roles of `--assume-roles`. */
  readonly roles: readonly RoleRequest[];
  /** With the settings of every call: proxies, certificates, attempts. */
  readonly http: HttpClient;
  readonly trace: (line: string) => void;
}

/** Reads the config files and the role list. Throws a Failure; sends nothing. */
export async function loadInputs(request: IdentityRequest, system: System): Promise<Inputs> {
  const { env } = system;
  // A mistake of the command line is reported before one of the files.
  const roles =
    request.assumeRoles === undefined
      ? []
      : await (await import("./role-chain/role-list.ts")).readRoleList(request.assumeRoles, system);
  const config = await loadSharedConfig(system);
  const choice = chooseProfile(request.profile, env, request.profileFrom);
  // Beside a source that the options name, a profile of a variable gives settings only.
  const isSourceNamed = request.ssoAcctId !== undefined || request.roleArn !== undefined;
  const isOptional = isSourceNamed && request.profile === undefined;
  const profile = isOptional ? config.profile(choice.name) : chosenProfile(choice, config);
  const region = chooseRegion(request.region, env, profile);
  const trace = request.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  trace(
    `profile: ${choice.name} (${choice.from ?? choice.source})${profile === undefined ? ", which does not exist" : ""}`,
  );
  const http = await openHttpClient(system, profile, trace);
  return { request, env, config, choice, profile, region, roles, http, trace };
}
