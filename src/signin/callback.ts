/** What a request to the callback address is: the browser coming back, or a stray. Pure. */
import type { CallbackRequest } from "../system.ts";

export const callbackPath = "/oauth/callback";

export type Callback =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "stray"; readonly status: 400 | 404 | 405 };

/**
 * Only a GET of the callback path of this very listener with the right `state` counts. A refusal need not bring the
 * state, as the service is not known to send it then; one with a wrong state is a stray. `port` is the listener's.
 */
export function readCallback(request: CallbackRequest, state: string, port: number): Callback {
  const url = URL.parse(request.target, `http://127.0.0.1:${port}`);
  // A page elsewhere can lead a host name of its own here; the browser then says that name.
  if (url === null || request.host !== `127.0.0.1:${port}` || url.pathname !== callbackPath) {
    return { kind: "stray", status: 404 };
  }
  if (request.method !== "GET") return { kind: "stray", status: 405 };
  const given = url.searchParams.get("state");
  const error = url.searchParams.get("error");
  if (error && (given === null || given === state)) return { kind: "refused", error };
  const code = url.searchParams.get("code");
  return code && given === state ? { kind: "code", code } : { kind: "stray", status: 400 };
}
