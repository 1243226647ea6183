import type { HttpRequest } from "./http/message.ts";
import { jsonReply, type Reply } from "./http/reply.ts";
import { largeDirectory } from "./large-directory.ts";
import type { StandIn } from "./stand-in.ts";
import { DEFAULT_SETTINGS, type SignInSettings } from "./world/sign-in-settings.ts";

/**
 * The part of the control address that concerns Identity Center; undefined for a request that does not.
 * - `GET /identity-center`: `{settings, pendingDevices}`
 * - `POST /identity-center`: any of the settings, to change
 * - `POST /identity-center/device`: `{userCode, decision}`, the decision being `allow` or `deny`
 * - `POST /identity-center/sign-in`: `{startUrl?, refreshable?}`, answers with what a token file has
 * - `POST /identity-center/revoke-access-tokens`, `…/end-sign-ins`, `…/forget-clients`
 * - `POST /identity-center/large-directory`: `{accounts, rolesEach}`, two numbers
 */
export function controlIdentityCenter(
  request: HttpRequest,
  body: unknown,
  standIn: StandIn,
): Reply | undefined {
  const [, path] = /^\/identity-center(\/[a-z-]+)?$/.exec(request.target) ?? [undefined, "no"];
  if (path === "no") return undefined;
  const settings = standIn.signInSettings;
  if (request.method === "GET" && path === undefined)
    return jsonReply(200, { settings, pendingDevices: standIn.pendingDevices() });
  if (request.method !== "POST") return undefined;
  const value = isObject(body) ? body : {};
  switch (path) {
    case undefined:
      if (!isSettings(value)) return problem("not settings of Identity Center");
      Object.assign(settings, value);
      return jsonReply(200, settings);
    case "/device": {
      const settle = value.decision === "allow" ? standIn.approveDevice : standIn.denyDevice;
      return settle(String(value.userCode)) ? jsonReply(200, {}) : problem("no such code is pending");
    }
    case "/sign-in": {
      const { startUrl, refreshable } = value;
      return jsonReply(
        200,
        standIn.signIn({
          ...(typeof startUrl === "string" ? { startUrl } : {}),
          ...(typeof refreshable === "boolean" ? { refreshable } : {}),
        }),
      );
    }
    case "/revoke-access-tokens":
      standIn.revokeAccessTokens();
      return jsonReply(200, {});
    case "/end-sign-ins":
      standIn.endSignIns();
      return jsonReply(200, {});
    case "/forget-clients":
      standIn.forgetClients();
      return jsonReply(200, {});
    case "/large-directory": {
      const { accounts, rolesEach } = value;
      if (typeof accounts !== "number" || typeof rolesEach !== "number")
        return problem("accounts and rolesEach are numbers");
      standIn.replaceAccounts(largeDirectory(accounts, rolesEach));
      return jsonReply(200, {});
    }
    default:
      return undefined;
  }
}

function problem(text: string): Reply {
  return jsonReply(400, { problem: text });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Catches misspelt names; the values are the sender's business. */
function isSettings(value: Record<string, unknown>): value is Partial<SignInSettings> {
  return Object.keys(value).every((name) => name in DEFAULT_SETTINGS);
}
