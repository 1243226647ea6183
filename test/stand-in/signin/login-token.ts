import { headerValue } from "../http/message.ts";
import { jsonReply } from "../http/reply.ts";
import type { Call, ServiceResponse } from "../service.ts";
import type { LoginPlan } from "../world/outside-plan.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { keyOfProof, proofProblem } from "./dpop.ts";
import { verifies } from "./login-authorize.ts";

const REFRESH_MEMBERS = ["clientId", "grantType", "refreshToken"];
const CODE_MEMBERS = ["clientId", "grantType", "code", "codeVerifier", "redirectUri"];

/** Seconds. */
const LIFE = 900;

/** `POST /v1/token` of `aws login`: with the code of a new sign-in, or a refresh token and a proof of its key. */
export function loginToken(call: Call, world: World): ServiceResponse {
  const refuse = (status: number, error: string, message: string): ServiceResponse => ({
    reply: jsonReply(status, { error, message }),
  });
  if (call.method !== "POST") return refuse(405, "INVALID_REQUEST", "only POST is served");
  for (const name of ["authorization", "x-amz-security-token"]) {
    if (headerValue(call.headers, name) !== undefined)
      return refuse(400, "INVALID_REQUEST", `${name} is not wanted`);
  }
  const members = readMembers(call);
  if (members === undefined) return refuse(400, "INVALID_REQUEST", "the body is not a JSON object of texts");
  const isCode = members.get("grantType") === "authorization_code";
  const login = isCode
    ? codeLogin(members, call, world)
    : world.logins.get(members.get("refreshToken") ?? "");
  if (login === undefined) {
    return isCode
      ? refuse(401, "AUTHCODE_EXPIRED", "The code has expired")
      : refuse(401, "TOKEN_EXPIRED", "The refresh token has expired");
  }
  if (typeof login === "string") return refuse(400, "INVALID_REQUEST", login);
  const names = isCode ? CODE_MEMBERS : REFRESH_MEMBERS;
  const isExact = members.size === names.length && names.every((name) => members.has(name));
  const isRight = isCode || members.get("grantType") === "refresh_token";
  if (!isExact || !isRight || members.get("clientId") !== login.clientId) {
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
      ...(isCode ? { idToken: idToken(login.user) } : {}),
    }),
    caller: session.arn,
  };
}

/** The sign-in that the code begins, bound to the key of the proof; a text says what does not match the code. */
function codeLogin(
  members: ReadonlyMap<string, string>,
  call: Call,
  world: World,
): LoginPlan | string | undefined {
  const code = members.get("code") ?? "";
  const grant = world.loginCodes.get(code);
  // It works once, whatever comes with it.
  world.loginCodes.delete(code);
  if (grant === undefined || grant.ends <= world.now()) return undefined;
  if (members.get("redirectUri") !== grant.redirectUri) return "redirectUri is another one";
  if (!verifies(members.get("codeVerifier") ?? "", grant)) return "codeVerifier does not match the challenge";
  const key = keyOfProof(headerValue(call.headers, "dpop"));
  if (key === undefined) return "DPoP: it holds no key";
  return { user: grant.user, clientId: grant.clientId, refreshToken: code, key };
}

/** A JWT that names the identity; clients cannot check its signature. */
function idToken(sub: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "ES384", typ: "JWT" })}.${part({ sub, aud: "made-up" })}.c2lnbmF0dXJl`;
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
    if (typeof member !== "string" || ![...CODE_MEMBERS, ...REFRESH_MEMBERS].includes(name)) return undefined;
    texts.set(name, member);
  }
  return texts;
}
