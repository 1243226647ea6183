import { fieldValue, parseForm, repeatedName } from "../form.ts";
import type { Reply } from "../http/reply.ts";
import type { Call, ServiceResponse } from "../service.ts";
import type { Authorization } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import { AUTHORIZATION_CODE, isOfRegion, mayUse } from "./clients.ts";
import { ALLOW_OR_DENY, page } from "./page.ts";
import { isRegistered } from "./redirect-uri.ts";

/** The parameters of SSO-OIDC's dialect: `scopes` has an `s`. */
const PARAMETERS = [
  "response_type",
  "client_id",
  "redirect_uri",
  "state",
  "code_challenge_method",
  "scopes",
  "code_challenge",
];

/** `GET /authorize`: asks the user; or, with `autoApprove`, redirects at once. */
export function authorize(call: Call, world: World): ServiceResponse {
  const fields = parseForm(call.query);
  const value = (name: string) => fieldValue(fields, name) ?? "";
  const { identityCenter } = world;
  const client = identityCenter.clients.get(value("client_id"));
  const redirectUri = value("redirect_uri");
  // Without a client and an address that belongs to it there is no address to send the error to.
  if (client === undefined || client.expires <= world.now() || !isOfRegion(client, call))
    return { reply: problemPage("The client is not registered") };
  if (!isRegistered(redirectUri, client.redirectUris))
    return { reply: problemPage("The redirect URI is not registered") };
  const { instance } = client;
  if (instance === undefined || !mayUse(client, AUTHORIZATION_CODE))
    return { reply: problemPage("The client is not registered for this grant") };

  const state = fieldValue(fields, "state");
  const refuse = (error: string, description: string): ServiceResponse => ({
    reply: redirect(302, redirectUri, { error, error_description: description, state }),
  });
  const wrong = repeatedName(fields) ?? fields.find(([name]) => !PARAMETERS.includes(name))?.[0];
  if (wrong !== undefined)
    return refuse("invalid_request", `The parameter ${wrong} is not known or repeated`);
  if (value("response_type") !== "code")
    return refuse("unsupported_response_type", "The response type is not code");
  if (value("code_challenge_method") !== "S256")
    return refuse("invalid_request", "The code challenge method is not S256");
  const challenge = value("code_challenge");
  if (!/^[\w-]{43}$/.test(challenge)) return refuse("invalid_request", "The code challenge is malformed");
  const scopes = value("scopes").split(" ");
  if (!scopes.every((scope) => scope === "" || client.scopes.includes(scope)))
    return refuse("invalid_scope", "A scope is not registered");

  const authorization = { client, instance, redirectUri, challenge, state };
  if (identityCenter.settings.autoApprove) return approve(authorization, 302, world);
  const request = world.keys.authorizationCode();
  identityCenter.authorizations.set(request, authorization);
  const text = [
    `Signed in as ${instance.user} at ${instance.startUrl}.`,
    `${client.name} asks to act for you with: ${scopes.join(", ")}`,
  ];
  const form = { action: call.path, hidden: { request }, buttons: ALLOW_OR_DENY };
  return { reply: page({ status: 200, title: "Allow access?", text, form }) };
}

/** `POST /authorize`: the person's answer. Each question is answered once. */
export function answerAuthorize(call: Call, world: World): ServiceResponse {
  const fields = parseForm(Buffer.from(call.body).toString());
  const request = fieldValue(fields, "request") ?? "";
  const { authorizations } = world.identityCenter;
  const authorization = authorizations.get(request);
  if (authorization === undefined)
    return { reply: problemPage("The request is not known or has been answered") };
  authorizations.delete(request);
  if (fieldValue(fields, "decision") === "allow") return approve(authorization, 303, world);
  const { redirectUri, state, instance } = authorization;
  return { reply: redirect(303, redirectUri, { error: "access_denied", state }), caller: instance.user };
}

function approve(authorization: Authorization, status: number, world: World): ServiceResponse {
  const { codeGrants, settings } = world.identityCenter;
  const code = world.keys.authorizationCode();
  const expires = world.now() + settings.authorizationCodeLife * 1000;
  codeGrants.set(code, { ...authorization, expires });
  const { redirectUri, state, instance } = authorization;
  return { reply: redirect(status, redirectUri, { code, state }), caller: instance.user };
}

function redirect(status: number, uri: string, parameters: Record<string, string | undefined>): Reply {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.append(name, value);
  }
  return {
    status,
    headers: [
      ["Location", url.href],
      ["Cache-Control", "no-store"],
    ],
    body: "",
  };
}

function problemPage(text: string): Reply {
  return page({ status: 400, title: "Cannot sign you in", text: [text] });
}
