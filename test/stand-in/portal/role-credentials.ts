import type { PortalInput, PortalOutcome } from "./operation.ts";
import { permissionSetSession } from "./role-session.ts";

/** Keys for a role that the user has; another role of a known account is forbidden. */
export function getRoleCredentials({ query, signIn, world }: PortalInput): PortalOutcome {
  const accountId = query.get("account_id") ?? "";
  const roleName = query.get("role_name") ?? "";
  if (!/^\d{12}$/.test(accountId))
    return { code: "InvalidRequestException", message: "account_id is malformed" };
  if (roleName === "") return { code: "InvalidRequestException", message: "role_name is missing" };
  const account = signIn.instance.accounts.get(accountId);
  if (account === undefined) return { code: "ResourceNotFoundException", message: "Account not found" };
  const permissionSet = account.roles.get(roleName);
  if (permissionSet === undefined) return { code: "ForbiddenException", message: "No access" };
  const session = permissionSetSession(signIn.instance, account, permissionSet, world);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
  return { value: { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration } } };
}
