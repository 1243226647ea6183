/** The page of the OIDC service where a person approves a sign-in: its authorize endpoint, with PKCE (RFC 7636). */
import type { Endpoint } from "../endpoints/resolve-endpoint.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

export interface AuthorizeRequest {
  readonly clientId: string;
  /** With the port that is listened on. */
  readonly redirectUri: string;
  /** The redirect repeats it; a redirect without it must be refused. */
  readonly state: string;
  readonly scopes: readonly string[];
  /** SHA-256 of the code verifier, in base64url without padding. */
  readonly codeChallenge: string;
}

/**
 * The URL to open. It holds no secret: the code it leads to is of no use without the verifier. The parameter is
 * `scopes`, where OAuth has `scope`; without any it is left out.
 */
export function authorizeUrl(endpoint: Pick<Endpoint, "url">, request: AuthorizeRequest): string {
  const query = [
    ["response_type", "code"],
    ["client_id", request.clientId],
    ["redirect_uri", request.redirectUri],
    ["state", request.state],
    ["code_challenge_method", "S256"],
    ...(request.scopes.length === 0 ? [] : [["scopes", request.scopes.join(" ")]]),
    ["code_challenge", request.codeChallenge],
  ];
  const encoded = query.map(([name = "", value = ""]) => `${name}=${uriEncode(value)}`);
  return `${endpoint.url}/authorize?${encoded.join("&")}`;
}
