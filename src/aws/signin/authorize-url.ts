/** The page of the sign-in service on which a person approves an `aws login` sign-in. */
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

/** The public clients that the service knows: a browser on this machine, or on another one. */
export const SIGNIN_CLIENTS = {
  "same-device": "arn:aws:signin:::devtools/same-device",
  "cross-device": "arn:aws:signin:::devtools/cross-device",
} as const;

export interface LoginAuthorization {
  readonly clientId: string;
  readonly redirectUri: string;
  /** Comes back with the code, and must be the same. */
  readonly state: string;
  /** SHA-256 of the code verifier, in base64url without padding. */
  readonly codeChallenge: string;
}

/**
 * Holds no secret. The method is called `SHA-256` and the parameter `scope`, where Identity Center has `S256` and
 * `scopes`.
 */
export function loginAuthorizeUrl(endpoint: Pick<Endpoint, "url">, request: LoginAuthorization): string {
  const query = [
    ["response_type", "code"],
    ["client_id", request.clientId],
    ["state", request.state],
    ["code_challenge_method", "SHA-256"],
    ["scope", "openid"],
    ["redirect_uri", request.redirectUri],
    ["code_challenge", request.codeChallenge],
  ];
  const encoded = query.map(([name = "", value = ""]) => `${name}=${uriEncode(value)}`);
  return `${endpoint.url}/v1/authorize?${encoded.join("&")}`;
}

/** The page that shows the code to a person whose browser is on another machine. */
export function confirmationUrl(endpoint: Pick<Endpoint, "url">): string {
  return `${endpoint.url}/v1/sessions/confirmation`;
}
