/** Answers that no service of AWS gives, and that must not be read as if one had. */
import { Failure } from "../../lib/errors.ts";
import { proxyLoginFailure } from "./network-failure.ts";
import type { HttpProxy } from "./proxy.ts";
import { unexpectedResponseHint } from "./response-text.ts";

/**
 * What to say of such an answer: a redirect, a proxy's own, one in a coding that was not asked for, or else one that is
 * too large.
 */
export function unexpectedResponse(
  { status, headers }: Pick<Response, "status" | "headers">,
  url: URL,
  proxy: HttpProxy | undefined,
): Failure {
  if (status === 407) return proxyLoginFailure(url, proxy);
  if (status >= 300 && status < 400) {
    return new Failure("failed", `${url.host} answered with a redirect (${status}), which is not followed`, {
      hints: [
        "something between here and AWS redirects requests: a captive portal, a proxy, or a wrong endpoint URL",
      ],
    });
  }
  const coding = headers.get("content-encoding") ?? "identity";
  if (status !== 200 || coding === "identity")
    return refusal(`${url.host} sent more than any answer of AWS holds`);
  const name = /^[a-z-]{1,20}$/i.test(coding) ? coding : "in some way";
  return refusal(`${url.host} packed its answer (${name}), which it was not asked for`);
}

function refusal(why: string): Failure {
  return new Failure("failed", why, { hints: [unexpectedResponseHint] });
}
