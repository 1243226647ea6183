import { headerValue } from "../http/message.ts";
import { jsonReply } from "../http/reply.ts";
import type { Answer, Call } from "../service.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { proofProblem } from "./dpop.ts";

/** Seconds. */
const LIFE = 900;

/** Renewals of `aws login`: `POST /v1/token` with a refresh token and a proof of the key that it is bound to. */
export function loginToken(call: Call, world: World): Answer {
  const refuse = (status: number, error: string, message: string): Answer => ({
    reply: jsonReply(status, { error, message }),
  });
  if (call.method !== "POST") return refuse(405, "INVALID_REQUEST", "only POST is served");
  for (const name of ["authorization", "x-amz-security-token"]) {
    if (headerValue(call.headers, name) !== undefined)
      return refuse(400, "INVALID_REQUEST", `${name} is not wanted`);
  }
  const members = readMembers(call);
  if (members === undefined) return refuse(400, "INVALID_REQUEST", "the body is not a JSON object of texts");
  const login = world.logins.get(members.get("refreshToken") ?? "");
  if (login === undefined) return refuse(401, "TOKEN_EXPIRED", "The refresh token has expired");
  if (members.get("grantType") !== "refresh_token" || members.get("clientId") !== login.clientId) {
    return refuse(400, "INVALID_REQUEST", "grantType or clientId is wrong");
  }
  const host = headerValue(call.headers, "host") ?? "";
  const wrong = proofProblem(headerValue(call.headers, "dpop"), {
    key: login.key,
    urls: [`${call.host === undefined ? "http" : "https"}://${host}/v1/token`],
    now: world.now(),
    spent: world.spentProofs,
  });
  if (wrong !== undefined) return refuse(400, "INVALID_REQUEST", `DPoP: ${wrong}`);
  const user = world.userSession(login.user);
  if (user === undefined) return refuse(403, "USER_CREDENTIALS_CHANGED", "The user is gone");

  const session: Session = {
    ...user,
    ...world.keys.temporary(),
    kind: "login",
    expiration: world.now() + LIFE * 1000,
  };
  world.remember(session);
  const refreshToken = world.keys.refreshToken();
  // The slower of two requests with the same token is refused, so that no race goes unnoticed.
  world.logins.delete(login.refreshToken);
  world.logins.set(refreshToken, { ...login, refreshToken });
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  return {
    reply: jsonReply(200, {
      accessToken: { accessKeyId, secretAccessKey, sessionToken },
      tokenType: "aws_sigv4",
      expiresIn: LIFE,
      refreshToken,
    }),
    caller: session.arn,
  };
}

function readMembers(call: Call): ReadonlyMap<string, string> | undefined {
  if (!/^application\/json\b/.test(headerValue(call.headers, "content-type") ?? "")) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(call.body).toString());
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  const texts = new Map<string, string>();
  for (const [name, member] of members) {
    if (typeof member !== "string" || !["clientId", "grantType", "refreshToken"].includes(name))
      return undefined;
    texts.set(name, member);
  }
  return texts;
}
