import { type Field, fieldValue, parseForm, repeatedName } from "../form.ts";
import { identifyHost } from "../hosts.ts";
import { headerValue } from "../http/message.ts";
import { jsonReply, pageReply } from "../http/reply.ts";
import type { PartitionId } from "../partitions.ts";
import type { Call, Service, ServiceResponse } from "../service.ts";
import { isTemporary, type Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { loginAuthorize, loginConfirmation } from "./login-authorize.ts";
import { loginToken } from "./login-token.ts";
import { logout } from "./logout.ts";

/** A sign-in token must be spent within 15 minutes. */
const TOKEN_LIFE = 15 * 60 * 1000;

/** Console federation: trades temporary credentials for a sign-in token, and the token for a console session. */
export const signin: Service = (call, world) => {
  if (call.path === "/v1/authorize") return loginAuthorize(call, world);
  if (call.path === "/v1/sessions/confirmation") return loginConfirmation(call);
  if (call.path === "/v1/token") return loginToken(call, world);
  if (call.path === "/oauth") return logout(call, world);
  if (call.path !== "/federation") return { reply: pageReply(404, "Not found") };
  const fields = requestFields(call);
  if (fields === undefined) return { reply: pageReply(405, "Method or content type not supported") };
  if (repeatedName(fields) !== undefined) return badRequest("Repeated parameter");
  switch (fieldValue(fields, "Action")) {
    case "getSigninToken":
      return getSigninToken(fields, call, world);
    case "login":
      return login(fields, call, world);
    default:
      return badRequest("Invalid Action parameter");
  }
};

function requestFields(call: Call): Field[] | undefined {
  if (call.method === "GET") return parseForm(call.query);
  const contentType = headerValue(call.headers, "content-type") ?? "";
  if (call.method !== "POST" || !/^application\/x-www-form-urlencoded(\s*;|$)/i.test(contentType))
    return undefined;
  return [...parseForm(call.query), ...parseForm(Buffer.from(call.body).toString())];
}

function getSigninToken(fields: readonly Field[], call: Call, world: World): ServiceResponse {
  const unknown = fields.find(([name]) => !["Action", "Session", "SessionDuration"].includes(name));
  if (unknown !== undefined) return badRequest(`Invalid parameter ${unknown[0]}`);
  const session = readSession(fieldValue(fields, "Session"), world);
  if (session === undefined || !mayFederate(session, call.host?.partition, world)) {
    return badRequest("Invalid credentials parameter");
  }
  const duration = fieldValue(fields, "SessionDuration");
  if (duration !== undefined) {
    // Only a role assumed with long-term keys may be given a console session of its own length.
    if (session.kind !== "role") return badRequest("Invalid credentials parameter", session);
    const seconds = /^\d{1,6}$/.test(duration) ? Number(duration) : 0;
    if (seconds < 900 || seconds > 43200) return badRequest("Invalid SessionDuration parameter", session);
  }
  const token = world.keys.signinToken();
  world.signinGrants.set(token, {
    session,
    partition: session.partition,
    madeAt: world.now(),
    ...(duration === undefined ? {} : { sessionDuration: Number(duration) }),
  });
  return { reply: jsonReply(200, { SigninToken: token }), caller: session.arn };
}

/** The session that the JSON describes, if it is exactly the three members and all of them are right. */
function readSession(text: string | undefined, world: World): Session | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.keys(value).sort().join() !== "sessionId,sessionKey,sessionToken") return undefined;
  const given = new Map<string, unknown>(Object.entries(value));
  const accessKeyId = given.get("sessionId");
  const session = typeof accessKeyId === "string" ? world.session(accessKeyId) : undefined;
  const isRight =
    session?.secretAccessKey === given.get("sessionKey") &&
    session?.sessionToken === given.get("sessionToken");
  return isRight ? session : undefined;
}

function mayFederate(session: Session, partition: PartitionId | undefined, world: World): boolean {
  return (
    isTemporary(session) &&
    session.kind !== "session-token" &&
    (session.expiration === undefined || session.expiration > world.now()) &&
    (partition === undefined || partition === session.partition)
  );
}

function login(fields: readonly Field[], call: Call, world: World): ServiceResponse {
  if (call.method !== "GET") return { reply: pageReply(405, "Method not supported") };
  const unknown = fields.find(([name]) => !["Action", "Issuer", "Destination", "SigninToken"].includes(name));
  if (unknown !== undefined) return badRequest(`Invalid parameter ${unknown[0]}`);
  const grant = world.signinGrants.get(fieldValue(fields, "SigninToken") ?? "");
  if (grant === undefined || (call.host !== undefined && call.host.partition !== grant.partition)) {
    return badRequest("Invalid SigninToken parameter");
  }
  if (world.now() > grant.madeAt + TOKEN_LIFE)
    return badRequest("The SigninToken has expired", grant.session);
  const destination = fieldValue(fields, "Destination") ?? "";
  if (!isConsole(destination, grant.partition))
    return badRequest("Invalid Destination parameter", grant.session);
  const powers = grant.session.powerless === true ? " without any permission" : "";
  return {
    reply: pageReply(200, `Signed in as ${grant.session.arn}${powers}, bound for ${destination}`),
    caller: grant.session.arn,
  };
}

function isConsole(destination: string, partition: PartitionId): boolean {
  if (!URL.canParse(destination)) return false;
  const url = new URL(destination);
  const host = identifyHost(url.hostname);
  const isPlain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isPlain && host?.service === "console" && host.partition === partition;
}

function badRequest(text: string, session?: Session): ServiceResponse {
  return { reply: pageReply(400, text), ...(session === undefined ? {} : { caller: session.arn }) };
}
