/** Responses that no service of AWS gives, and that are not read as if one had. */
import { Failure } from "../../lib/errors.ts";
import type { HttpProxy } from "./proxy.ts";
import { proxyLoginFailure } from "./proxy-login.ts";
import { unexpectedResponseHint } from "./unexpected-response.ts";

/**
 * The Failure for a redirect, a 407 of a proxy, a response in a coding that the request did not accept, and for one
 * that is too large.
 */
export function unusableResponse(
  { status, headers }: Pick<Response, "status" | "headers">,
  url: URL,
  proxy: HttpProxy | undefined,
): Failure {
  if (status === 407) return proxyLoginFailure(url, proxy, headers);
  if (status >= 300 && status < 400) {
    return new Failure("failed", `${url.host} responded with a redirect (${status}), which is not followed`, {
      hints: [
        "something between here and AWS redirects requests: a captive portal, a proxy, or a wrong endpoint URL",
      ],
    });
  }
  const hints = [unexpectedResponseHint];
  const coding = headers.get("content-encoding") ?? "identity";
  if (status !== 200 || coding === "identity") {
    return new Failure("failed", `${url.host} sent more than any response of AWS holds`, { hints });
  }
  // The header is not trusted either: only the shape of a coding's name is shown.
  const name = /^[a-z-]{1,20}$/i.test(coding) ? ` (${coding})` : "";
  const why = `${url.host} sent a compressed response${name}, which the request did not accept`;
  return new Failure("failed", why, { hints });
}
