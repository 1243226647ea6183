/** The operations of the IAM Identity Center portal. No request is signed: a header carries the access token. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { fitsHeader } from "../../lib/fits-header.ts";
import { isTime } from "../../lib/iso-time.ts";
import { type Fields, isFields, isText, objectField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { type Caller, callRestJson } from "../http/rest-json.ts";
import { incompleteResponse } from "../http/unexpected-response.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

/** The portal, with the token of the person who signed in. */
export interface PortalCaller extends Caller {
  /** A secret. */
  readonly accessToken: string;
}

export interface PortalAccount {
  /** Twelve digits. */
  readonly accountId: string;
  readonly accountName: string | undefined;
  /** Of the account's root user. */
  readonly emailAddress?: string;
}

/** One page of a list. `nextToken` is undefined on the last one; a page may be empty and still not be the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/** The largest page that the portal sends. */
const pageSize = "100";

/**
 * The credentials of a role (permission set) in an account. Throws a Failure; its `serviceError.status` is 401 when the
 * token is not or no longer valid, 403 when the person has no such role there, 429 when asked too often.
 */
export async function getRoleCredentials(
  portal: PortalCaller,
  role: { readonly accountId: string; readonly roleName: string },
): Promise<Credentials> {
  const query = { role_name: role.roleName, account_id: role.accountId };
  const response = await ask(portal, "GetRoleCredentials", "/federation/credentials", query, "retried");
  const { accessKeyId, secretAccessKey, sessionToken, expiration } =
    objectField(response, "roleCredentials") ?? {};
  if (!isText(accessKeyId) || !isText(secretAccessKey) || !isText(sessionToken) || !isTime(expiration)) {
    throw incompleteResponse(
      "GetRoleCredentials",
      "a usable accessKeyId, secretAccessKey, sessionToken or expiration",
    );
  }
  // The response names no account: it is the account of the request.
  return { accessKeyId, secretAccessKey, sessionToken, expiration, accountId: role.accountId };
}

/**
 * A page of the accounts the person may use, in no promised order. Throws as `getRoleCredentials` does, and throttling
 * at once: a caller that lists much finds the allowed rate.
 */
export async function listAccounts(
  portal: PortalCaller,
  nextToken: string | undefined,
): Promise<Page<PortalAccount>> {
  const query = { max_result: pageSize, ...optional("next_token", nextToken) };
  const response = await ask(portal, "ListAccounts", "/assignment/accounts", query, "thrown");
  const items = list(response.accountList, "ListAccounts").map((item) => {
    if (!isText(item.accountId)) throw incompleteResponse("ListAccounts", "accountId");
    return {
      accountId: item.accountId,
      accountName: isText(item.accountName) ? item.accountName : undefined,
      ...optional("emailAddress", isText(item.emailAddress) ? item.emailAddress : undefined),
    };
  });
  return { items, nextToken: next(response) };
}

/** A page of the names of the roles the person has in an account. Throws as `listAccounts` does. */
export async function listAccountRoles(
  portal: PortalCaller,
  accountId: string,
  nextToken: string | undefined,
): Promise<Page<string>> {
  const query = {
    account_id: accountId,
    max_result: pageSize,
    ...optional("next_token", nextToken),
  };
  const response = await ask(portal, "ListAccountRoles", "/assignment/roles", query, "thrown");
  const items = list(response.roleList, "ListAccountRoles").map((item) => {
    if (!isText(item.roleName)) throw incompleteResponse("ListAccountRoles", "roleName");
    return item.roleName;
  });
  return { items, nextToken: next(response) };
}

/** Ends the session of the token, for every program that uses it. Throws as `getRoleCredentials` does. */
export async function logout(portal: PortalCaller): Promise<void> {
  await callRestJson(portal, {
    action: "Logout",
    method: "POST",
    path: "/logout",
    headers: { ...tokenHeader(portal.accessToken), "content-length": "0" },
    secrets: [portal.accessToken],
    returns: "may be empty",
  });
}

function ask(
  portal: PortalCaller,
  action: string,
  path: string,
  query: Readonly<Record<string, string>>,
  throttling: "retried" | "thrown",
): Promise<Fields> {
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${uriEncode(value)}`);
  return callRestJson(portal, {
    action,
    method: "GET",
    path: `${path}?${encoded.join("&")}`,
    headers: tokenHeader(portal.accessToken),
    secrets: [portal.accessToken],
    throttling,
  });
}

function tokenHeader(accessToken: string): Record<string, string> {
  if (!fitsHeader(accessToken)) {
    throw new Failure("failed", "cannot use the access token: it has characters that no token has", {
      hints: ["check that the whole token and nothing else was given, on one line"],
    });
  }
  return { "x-amz-sso_bearer_token": accessToken };
}

function list(value: unknown, action: string): Fields[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isFields)) throw incompleteResponse(action, "a list of objects");
  return value;
}

/** Absent, null and empty all mean that this was the last page. */
function next(response: Fields): string | undefined {
  return isText(response.nextToken) ? response.nextToken : undefined;
}
