import { createHash } from "node:crypto";
import { fieldValue, parseForm, repeatedName } from "../form.ts";
import { headerValue } from "../http/message.ts";
import { pageReply } from "../http/reply.ts";
import type { Call, ServiceResponse } from "../service.ts";
import type { LoginCodeGrant, World } from "../world/world.ts";

const SAME_DEVICE = "arn:aws:signin:::devtools/same-device";
const CROSS_DEVICE = "arn:aws:signin:::devtools/cross-device";

/** Milliseconds that a code works. */
const CODE_LIFE = 5 * 60_000;

/** `GET /v1/authorize`: the person is signed in to the console already, and approves at once. */
export function loginAuthorize(call: Call, world: World): ServiceResponse {
  const fields = parseForm(call.query);
  const value = (name: string) => fieldValue(fields, name) ?? "";
  const wanted = ["response_type", "client_id", "state", "code_challenge_method", "scope", "redirect_uri"];
  const known = [...wanted, "code_challenge"];
  if (repeatedName(fields) !== undefined || fields.some(([name]) => !known.includes(name))) {
    return refusal("a parameter is repeated or unknown");
  }
  if (value("response_type") !== "code" || value("scope") !== "openid")
    return refusal("response_type or scope");
  if (value("code_challenge_method") !== "SHA-256") return refusal("code_challenge_method");
  if (!/^[\w-]{43}$/.test(value("code_challenge"))) return refusal("code_challenge");
  if (!/^[0-9a-f-]{36}$/.test(value("state"))) return refusal("state");
  const clientId = value("client_id");
  const redirectUri = value("redirect_uri");
  const isRight =
    clientId === SAME_DEVICE
      ? /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/.test(redirectUri)
      : clientId === CROSS_DEVICE && redirectUri === `${baseOf(call)}/v1/sessions/confirmation`;
  if (!isRight) return refusal("client_id or redirect_uri");
  const user = world.consoleUser;
  if (user === undefined) return refusal("no user is signed in to the console");
  const code = world.keys.refreshToken().slice(0, 64);
  world.loginCodes.set(code, {
    ...{ user, clientId, redirectUri },
    challenge: value("code_challenge"),
    ends: world.now() + CODE_LIFE,
  });
  const target = new URL(redirectUri);
  target.searchParams.set("code", code);
  target.searchParams.set("state", value("state"));
  const page = pageReply(302, "Approved");
  return { reply: { ...page, headers: [...page.headers, ["Location", target.href]] }, caller: user };
}

/** `GET /v1/sessions/confirmation`: shows the code for a terminal on another machine. */
export function loginConfirmation(call: Call): ServiceResponse {
  const fields = parseForm(call.query);
  const text = `state=${fieldValue(fields, "state")}&code=${fieldValue(fields, "code")}`;
  return { reply: pageReply(200, `Code: ${Buffer.from(text).toString("base64")} .`) };
}

/** Whether the verifier is the one whose SHA-256 the authorize URL carried. */
export function verifies(verifier: string, { challenge }: LoginCodeGrant): boolean {
  const isVerifier = /^[A-Za-z0-9._~-]{43,128}$/.test(verifier);
  return isVerifier && createHash("sha256").update(verifier).digest("base64url") === challenge;
}

function baseOf(call: Call): string {
  return `${call.host === undefined ? "http" : "https"}://${headerValue(call.headers, "host") ?? ""}`;
}

function refusal(what: string): ServiceResponse {
  return { reply: pageReply(400, `Invalid request: ${what}`) };
}
