/** The short name of an identity, for a shell's prompt and for messages. Pure. */
import { parseArn } from "../aws/endpoints/arn.ts";
import { chooseProfile } from "../config/profile-choice.ts";
import type { Environment } from "../system/types.ts";
import type { IdentityRequest } from "./identity-request.ts";

type NamingOptions = Pick<
  IdentityRequest,
  "profile" | "ssoAcctId" | "ssoRoleName" | "assumeRoles" | "roleArn"
>;

/**
 * The profile, or ACCOUNT/ROLE where the options name a role, reduced to characters that no shell's prompt expands.
 * `principal` is that of the acquired credentials.
 */
export function identityName(request: NamingOptions, principal: string, env: Environment): string {
  return namedBy(request, principal, env).replace(/[^A-Za-z0-9_.@/-]+/g, "-");
}

function namedBy(request: NamingOptions, principal: string, env: Environment): string {
  if (request.assumeRoles !== undefined || request.roleArn !== undefined)
    return roleOf(principal) ?? principal;
  if (request.ssoAcctId !== undefined) return `${request.ssoAcctId}/${request.ssoRoleName ?? ""}`;
  if (request.profile !== undefined) return request.profile;
  if (env.AWS_ACCESS_KEY_ID) return roleOf(principal) ?? env.AWS_ACCESS_KEY_ID;
  return chooseProfile(undefined, env).name;
}

/** ACCOUNT/ROLE of `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
function roleOf(principal: string): string | undefined {
  const arn = parseArn(principal);
  const [kind, role] = arn?.resource.split("/") ?? [];
  return arn !== undefined && kind === "assumed-role" ? `${arn.account}/${role}` : undefined;
}
