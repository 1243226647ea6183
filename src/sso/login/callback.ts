/** What a request to the callback address is: the browser coming back, or a stray. Pure. */
import { isHostOf } from "../../lib/host-header.ts";
import type { CallbackRequest } from "../../system/types.ts";

export const callbackPath = "/oauth/callback";

export type Callback =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "stray"; readonly status: 400 | 404 | 405 };

/**
 * Only a GET of the callback path of this very listener with the right `state` counts, a refusal included (RFC 6749,
 * 4.1.2.1). Otherwise a web page could end the sign-in. `port` is the listener's.
 */
export function readCallback(
  request: Pick<CallbackRequest, "method" | "target" | "host">,
  state: string,
  port: number,
): Callback {
  // Not as a URL is read: of `//elsewhere/oauth/callback` the path would be the right one.
  const [path = "", ...query] = request.target.split("?");
  // A page elsewhere can lead a host name of its own here; the browser then says that name.
  if (!isHostOf(request.host, ["127.0.0.1"], port) || path !== callbackPath)
    return { kind: "stray", status: 404 };
  if (request.method !== "GET") return { kind: "stray", status: 405 };
  const parameters = new URLSearchParams(query.join("?"));
  if (parameters.get("state") !== state) return { kind: "stray", status: 400 };
  const error = parameters.get("error");
  if (error) return { kind: "refused", error };
  const code = parameters.get("code");
  return code ? { kind: "code", code } : { kind: "stray", status: 400 };
}
