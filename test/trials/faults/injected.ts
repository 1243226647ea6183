/** The trouble that is made for requests, one kind a line, and what each is by nature. */
import type { Fault } from "../../stand-in/faults.ts";
import type { RequestKind } from "./asked.ts";

/** What a fault is like for the client that made the request. */
export type Nature =
  /** The right response comes all the same. */
  | { readonly kind: "harmless" }
  /** The whole response came, and the connection ended with it: the next request may find it in the pool. */
  | { readonly kind: "closed after the response" }
  /** The request goes over a connection that was kept open, and that the server has just closed. */
  | { readonly kind: "closed before the request" }
  /** The right response comes with a date that is an hour off. */
  | { readonly kind: "misdated"; readonly ahead: boolean }
  /** The right response comes and then the connection is torn off, which may be noticed first. */
  | { readonly kind: "torn off after the response" }
  /** The service refuses in its own words. */
  | { readonly kind: "refused"; readonly status: number }
  /** The service refuses what proves who asks: it has ended, or was revoked. */
  | { readonly kind: "stale" }
  /** Something between here and the service refuses. */
  | { readonly kind: "foreign refusal"; readonly status: number }
  | { readonly kind: "redirect" }
  /** The service, or a gateway before it, is unwell. `own`: the service says so in its own words. */
  | { readonly kind: "unwell"; readonly status: number; readonly own?: true }
  | { readonly kind: "throttled" }
  /** No response, or not the whole of it. `done`: the request has had its effect. `begun`: part of a response came. */
  | { readonly kind: "lost"; readonly done: boolean; readonly begun: boolean | "perhaps" }
  /** Something responds that does not even speak HTTP. */
  | { readonly kind: "garbled" }
  /** Status 200 with something that is no response of the service's. */
  | {
      readonly kind: "nonsense";
      readonly done: boolean;
      readonly what: "text" | "nothing" | "too much" | "packed";
    };

export interface Trouble {
  readonly nature: Nature;
  /** For a request of that kind. */
  readonly fault: (request: RequestKind) => Pick<Fault, "effect" | "delay" | "reused">;
}

/** What the services say in the errors that are made up here. */
export const saidInRefusals = "made-up refusal";

const refusal = (status: number, code: string) => ({
  effect: { kind: "refusal", status, code, message: saidInRefusals } as const,
});
const always = (fault: Pick<Fault, "effect" | "delay" | "reused">) => () => fault;

/** How each service says that a token or keys have ended. */
function stale(request: RequestKind): Pick<Fault, "effect"> {
  switch (request) {
    case "sts with a web identity":
      return refusal(400, "ExpiredTokenException");
    case "console token":
    case "console token with a duration":
      return refusal(400, "InvalidCredentials");
    case "login renewal":
      return refusal(401, "TOKEN_EXPIRED");
    case "login code":
      return refusal(401, "AUTHCODE_EXPIRED");
    case "token of GitHub Actions":
      return refusal(401, "Unauthorized");
    case "role":
    case "accounts":
    case "more accounts":
    case "roles of an account":
    case "logout":
      return refusal(401, "UnauthorizedException");
    case "client":
    case "device code":
      return refusal(401, "invalid_client");
    case "device poll":
      return refusal(400, "expired_token");
    case "authorization code":
    case "refresh":
    case "early refresh":
      return refusal(400, "invalid_grant");
    case "container":
    case "metadata token":
    case "newer metadata folder":
    case "metadata role name":
    case "metadata keys":
    case "metadata region":
      return refusal(401, "Unauthorized");
    case "session of a certificate":
      return {
        effect: {
          kind: "refusal",
          status: 403,
          code: "AccessDeniedException",
          message: "Untrusted certificate: it has expired",
        },
      };
    case "sts":
    case "sts with a code":
      return refusal(403, "ExpiredToken");
  }
}

const page = (status: number): Trouble => ({
  nature: status < 500 ? { kind: "foreign refusal", status } : { kind: "unwell", status },
  fault: always({ effect: { kind: "status", status, body: "html" } }),
});
const bare = (status: number): Trouble => ({
  nature: status < 500 ? { kind: "foreign refusal", status } : { kind: "unwell", status },
  fault: always({ effect: { kind: "status", status, body: "empty" } }),
});
const nonsense = (
  what: Extract<Nature, { kind: "nonsense" }>["what"],
  effect: Fault["effect"] & {},
): Trouble => ({
  nature: { kind: "nonsense", done: effect.kind === "truncated-xml" || what === "packed", what },
  fault: always({ effect }),
});
const harmless = (fault: Pick<Fault, "effect" | "delay">): Trouble => ({
  nature: { kind: "harmless" },
  fault: always(fault),
});
const misdated = (offset: number): Trouble => ({
  nature: { kind: "misdated", ahead: offset > 0 },
  fault: always({ effect: { kind: "date", offset } }),
});
const cut = (nature: Nature, where: "before-service" | "before-response" | "half-body" | "after-body") => ({
  close: { nature, fault: always({ effect: { kind: "cut", where, how: "close" } }) } satisfies Trouble,
  reset: { nature, fault: always({ effect: { kind: "cut", where, how: "reset" } }) } satisfies Trouble,
});
const response = (contentType: string, body: string) =>
  ({ kind: "response", status: 200, contentType, body }) as const;

const onTheWay = cut({ kind: "lost", done: false, begun: false }, "before-service");
const beforeResponse = cut({ kind: "lost", done: true, begun: false }, "before-response");
const amidBody = cut({ kind: "lost", done: true, begun: true }, "half-body");
const hour = 3_600_000;

/** Milliseconds: far below every bound, that of instance metadata (a second) included. */
const late = 150;

export const TROUBLES: Readonly<Record<string, Trouble>> = {
  "a refusal with 400": { nature: { kind: "refused", status: 400 }, fault: always(refusal(400, "MadeUp")) },
  "a refusal with 403": { nature: { kind: "refused", status: 403 }, fault: always(refusal(403, "MadeUp")) },
  "a refusal with 404": { nature: { kind: "refused", status: 404 }, fault: always(refusal(404, "MadeUp")) },
  "an expired or revoked token": { nature: { kind: "stale" }, fault: stale },
  "a page with 400": page(400),
  "a page with 403": page(403),
  "a page with 404": page(404),
  "nothing but 403": bare(403),
  "nothing but 204": bare(204),
  "a redirect": {
    nature: { kind: "redirect" },
    fault: always({ effect: { kind: "redirect", location: "http://127.0.0.1:1/elsewhere" } }),
  },
  "500 in the service's words": {
    nature: { kind: "unwell", status: 500, own: true },
    fault: always(refusal(500, "InternalFailure")),
  },
  "a page with 500": page(500),
  "a page with 502": page(502),
  "nothing but 503": bare(503),
  "a page with 504": page(504),
  throttling: { nature: { kind: "throttled" }, fault: always({ effect: { kind: "throttle" } }) },
  "a connection closed on the way": onTheWay.close,
  "a connection reset on the way": onTheWay.reset,
  "a connection closed before the response": beforeResponse.close,
  "a connection reset before the response": beforeResponse.reset,
  "a connection closed within the body": amidBody.close,
  "a connection reset within the body": {
    ...amidBody.reset,
    nature: { kind: "lost", done: true, begun: "perhaps" },
  },
  "a connection closed after the body": cut({ kind: "closed after the response" }, "after-body").close,
  "a connection reset after the body": cut({ kind: "torn off after the response" }, "after-body").reset,
  "a late response": harmless({ delay: late }),
  "a page's type on the right response": harmless({
    effect: { kind: "relabelled", contentType: "text/html;charset=UTF-8" },
  }),
  "no type on the right response": harmless({ effect: { kind: "relabelled" } }),
  "a date an hour ahead of the right response": misdated(hour),
  "a date an hour behind the right response": misdated(-hour),
  "a page with 200": nonsense("text", { kind: "captive-portal" }),
  "nothing with 200": nonsense("nothing", response("application/json", "")),
  "half of the response": nonsense("text", { kind: "truncated-xml" }),
  "JSON that does not end": nonsense("text", { kind: "invalid-json" }),
  "another document": nonsense("text", response("application/json", '[{"made": "up"}, 7]')),
  "a response that is packed": nonsense("packed", { kind: "packed" }),
  "another protocol": { nature: { kind: "garbled" }, fault: always({ effect: { kind: "garbled" } }) },
  "8 MB of blanks": nonsense("too much", { kind: "huge", bytes: 8 << 20 }),
};

/** For a request that may find a connection which an earlier one has left open. */
export const TROUBLES_OF_KEPT_CONNECTIONS: Readonly<Record<string, Trouble>> = {
  "a kept connection that was just closed": {
    nature: { kind: "closed before the request" },
    fault: always({ effect: { kind: "cut", where: "before-service", how: "close" }, reused: true }),
  },
  "a kept connection that was just reset": {
    nature: { kind: "closed before the request" },
    fault: always({ effect: { kind: "cut", where: "before-service", how: "reset" }, reused: true }),
  },
};
