/** The credentials of a role (permission set) that Identity Center gives. */

import { isServicesOwn } from "../../aws/http/unexpected-response.ts";
import { getRoleCredentials } from "../../aws/sso/portal.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import type { PortalAccess } from "../../sso/portal.ts";

/** Throws a Failure that names role and account. A role that the person does not have is no reason to sign in again. */
export async function ssoRoleCredentials(
  portal: PortalAccess,
  role: { readonly accountId: string; readonly roleName: string },
): Promise<Credentials> {
  const doing = `cannot get the credentials of role ${role.roleName} in account ${role.accountId}`;
  /** What was thrown last for the role itself: a sign-in on the way to it is refused for reasons of its own. */
  let ofRole: unknown;
  try {
    return await portal.ask(async (caller) => {
      try {
        return await getRoleCredentials(caller, role);
      } catch (error) {
        ofRole = error;
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "failed") throw error;
    const { serviceError } = error;
    if (serviceError === undefined) throw error === ofRole ? attempted(error, doing) : error;
    const { status, requestId } = serviceError;
    const noRole = error === ofRole && isServicesOwn(serviceError) && (status === 403 || status === 404);
    throw attempted(error, noRole ? `${doing}: you have no such role there` : doing, {
      notes: requestId === undefined ? [] : [`request ${requestId}`],
      hints: noRole
        ? ["the accounts and roles you have: aws-login dumpconfig with the same sign-in options"]
        : [],
    });
  }
}
