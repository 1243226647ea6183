import { parseForm, repeatedName } from "../form.ts";
import { headerValue } from "../http/message.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import { type OperationOf, operationOf } from "../operations.ts";
import type { Call, Service, ServiceResponse } from "../service.ts";
import type { SignIn } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import { listAccountRoles, listAccounts } from "./listings.ts";
import type { PortalInput, PortalOutcome } from "./operation.ts";
import { type PortalError, portalError } from "./portal-error.ts";
import { isLetThrough } from "./rate-limit.ts";
import { getRoleCredentials } from "./role-credentials.ts";

interface Operation {
  readonly parameters: readonly string[];
  perform(input: PortalInput): PortalOutcome;
}

const OPERATIONS: Readonly<Record<OperationOf<"portal">, Operation>> = {
  GetRoleCredentials: { parameters: ["role_name", "account_id"], perform: getRoleCredentials },
  ListAccounts: { parameters: ["max_result", "next_token"], perform: listAccounts },
  ListAccountRoles: { parameters: ["account_id", "max_result", "next_token"], perform: listAccountRoles },
  Logout: { parameters: [], perform: logout },
};

/** The Identity Center portal. Its requests are not signed: the bearer token has a header of its own. */
export const portal: Service = (call, world) => {
  const signIn = bearer(call, world);
  return {
    reply: answer(call, signIn, world),
    ...(signIn === undefined ? {} : { caller: signIn.instance.user }),
    delay: world.identityCenter.settings.latency,
  } satisfies ServiceResponse;
};

function answer(call: Call, signIn: SignIn | undefined, world: World): Reply {
  const requestId = world.keys.requestId();
  const fail = (code: PortalError, message: string) => portalError(code, message, requestId);
  if (!isLetThrough(world)) return fail("TooManyRequestsException", "HTTP 429 Unknown Code");
  const name = operationOf("portal", call);
  if (name === undefined) return fail("ResourceNotFoundException", "No such operation");
  if (signIn === undefined) return fail("UnauthorizedException", "Session token not found or invalid");

  const { parameters, perform } = OPERATIONS[name];
  const fields = parseForm(call.query);
  // The real portal passes over names it does not know; here a misspelt one must not go unnoticed.
  const wrong = repeatedName(fields) ?? fields.find(([given]) => !parameters.includes(given))?.[0];
  if (wrong !== undefined)
    return fail("InvalidRequestException", `The parameter ${wrong} is not known or repeated`);
  const outcome = perform({ query: new Map(fields), signIn, world });
  if ("code" in outcome) return fail(outcome.code, outcome.message);
  return outcome.value === undefined ? { status: 200, headers: [], body: "" } : jsonReply(200, outcome.value);
}

/** The sign-in whose access token the request carries, if it is good in the region that was asked. */
function bearer(call: Call, world: World): SignIn | undefined {
  const token = world.identityCenter.accessTokens.get(
    headerValue(call.headers, "x-amz-sso_bearer_token") ?? "",
  );
  if (token === undefined || token.refused || token.signIn.over || token.expires <= world.now())
    return undefined;
  const { region } = token.signIn.instance;
  return call.host === undefined || call.host.region === region ? token.signIn : undefined;
}

/** Ends the sign-in: its other tokens, refresh tokens included, are refused from now on. */
function logout({ signIn }: PortalInput): PortalOutcome {
  signIn.over = true;
  return { value: undefined };
}
