import { jsonReply, type Reply } from "../http/reply.ts";

/** The errors of SSO-OIDC by the word in the body: the exception that the header names, and the status. */
const ERRORS = {
  access_denied: ["AccessDeniedException", 400],
  authorization_pending: ["AuthorizationPendingException", 400],
  expired_token: ["ExpiredTokenException", 400],
  invalid_client: ["InvalidClientException", 401],
  invalid_client_metadata: ["InvalidClientMetadataException", 400],
  invalid_grant: ["InvalidGrantException", 400],
  invalid_redirect_uri: ["InvalidRedirectUriException", 400],
  invalid_request: ["InvalidRequestException", 400],
  invalid_scope: ["InvalidScopeException", 400],
  slow_down: ["SlowDownException", 400],
  unauthorized_client: ["UnauthorizedClientException", 400],
  unsupported_grant_type: ["UnsupportedGrantTypeException", 400],
} as const;

export interface OidcProblem {
  readonly error: keyof typeof ERRORS;
  readonly description: string;
}

export function problem(error: OidcProblem["error"], description: string): OidcProblem {
  return { error, description };
}

export function oidcError({ error, description }: OidcProblem, requestId: string): Reply {
  const [exception, status] = ERRORS[error];
  const answer = jsonReply(status, { error, error_description: description });
  const headers = [
    ["x-amzn-ErrorType", exception],
    ["x-amzn-RequestId", requestId],
  ] as const;
  return { ...answer, headers: [...answer.headers, ...headers] };
}
