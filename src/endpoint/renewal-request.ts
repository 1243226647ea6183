/** What the endpoint asks for when it renews. Pure. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import type { Credentials } from "../lib/credentials.ts";
import type { Environment } from "../system/types.ts";

/** The request of the command line, but no person is asked, and nothing is renewed that is still valid. */
export function renewalRequest(request: IdentityRequest): IdentityRequest {
  const { mfaToken, ssoAccessToken, ...rest } = request;
  return { ...rest, signIn: "never", refresh: request.refresh === "off" ? "off" : "auto" };
}

/** What the first acquisition took besides files and the network. */
export type Asked = "person" | "stdin" | "pipe";

/** Why only a person can acquire the same credentials again; undefined where the endpoint can. */
export function whyNotRenewable(
  request: Pick<IdentityRequest, "mfaToken" | "ssoAccessToken">,
  acquired: { readonly credentials: Credentials; readonly asked: Asked | undefined },
  env: Environment,
): string | undefined {
  if (request.ssoAccessToken !== undefined) return "--sso-access-token is used once";
  if (request.mfaToken !== undefined) return "--mfa-token is used once";
  if (acquired.asked === "person") return "a person was asked for a code or a password";
  if (acquired.asked === "stdin") return "a token from stdin is read once";
  if (acquired.asked === "pipe") return "what comes by a pipe is read once";
  return acquired.credentials.accessKeyId === env.AWS_ACCESS_KEY_ID
    ? "the environment has no others"
    : undefined;
}
