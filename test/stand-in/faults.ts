import { gzipSync } from "node:zlib";
import { type Header, headerValue } from "./http/message.ts";
import { type Delivery, jsonReply, pageReply, type Reply, reply } from "./http/reply.ts";
import { oidcError, problem } from "./oidc/oidc-error.ts";
import { portalError } from "./portal/portal-error.ts";
import type { ServiceName } from "./service.ts";

/** Trouble ordered for requests to come. Plain data, so that it can be sent to a stand-in in another process. */
export interface Fault {
  /** Every member that is given must fit; absent: any request. */
  readonly match?: {
    readonly service?: ServiceName;
    /** The Host header without its port. */
    readonly host?: string;
    readonly method?: string;
    readonly path?: string;
    /** The `Action` of a form, or the operation's name where method and path tell it. */
    readonly action?: string;
    /** Stands in the query or in the body as sent. */
    readonly contains?: string;
  };
  /** How many requests it strikes; default 1. */
  readonly times?: number;
  /** How many matching requests pass before it strikes; default 0. */
  readonly after?: number;
  /** It strikes only a request over a connection that has carried one since the last reset. */
  readonly reused?: true;
  /** Milliseconds before the response leaves; default 0. */
  readonly delay?: number;
  /** Absent: the right response, late. */
  readonly effect?: Effect;
}

/**
 * What goes wrong. `cut`, `date`, `packed`, `relabelled` and `truncated-xml` happen to the right response on its way, so the request
 * has had its effect; the others stand in place of the response and the service never sees the request.
 */
export type Effect =
  | { readonly kind: "throttle" }
  | { readonly kind: "status"; readonly status: number; readonly body: "html" | "empty" }
  /** An error in the words of the service that was asked. */
  | { readonly kind: "refusal"; readonly status: number; readonly code: string; readonly message: string }
  /** `before-service`: the request is lost on its way. `how` the connection ends, by default in an orderly way. */
  | {
      readonly kind: "cut";
      readonly where: "before-service" | NonNullable<Delivery["cut"]>;
      readonly how?: "close" | "reset";
    }
  | { readonly kind: "captive-portal" }
  /** Half of the right body, XML or not, announced as if it were the whole. */
  | { readonly kind: "truncated-xml" }
  /** The right body under another type; undefined: without any. */
  | { readonly kind: "relabelled"; readonly contentType?: string }
  | { readonly kind: "invalid-json" }
  /** The right body, packed with gzip although the request did not allow it. */
  | { readonly kind: "packed" }
  /** Another protocol's words in the place of HTTP, and the end of the connection. */
  | { readonly kind: "garbled" }
  /** A body of `bytes` bytes, by default 64 MiB. */
  | { readonly kind: "huge"; readonly bytes?: number }
  | { readonly kind: "redirect"; readonly location: string }
  /** The Date header alone is off by so many milliseconds. */
  | { readonly kind: "date"; readonly offset: number }
  | {
      readonly kind: "response";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    };

/** What a fault is matched with. */
export interface Target {
  readonly service: ServiceName;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly action: string | undefined;
  /** Query and body as sent. */
  readonly text: string;
  /** Whether its connection has carried a request before. */
  readonly isReused: boolean;
}

export interface FaultPlan {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that strikes this request, if any; it is used up by asking. */
  take(target: Target): Fault | undefined;
}

export function createFaultPlan(): FaultPlan {
  let orders: { fault: Fault; wait: number; left: number }[] = [];
  return {
    add(fault) {
      orders.push({ fault, wait: fault.after ?? 0, left: fault.times ?? 1 });
    },
    clear() {
      orders = [];
    },
    take(target) {
      for (const order of orders) {
        if (order.left <= 0 || !fits(order.fault, target)) continue;
        if (order.wait > 0) {
          order.wait--;
          continue;
        }
        if (order.fault.reused && !target.isReused) continue;
        order.left--;
        return order.fault;
      }
      return undefined;
    },
  };
}

/** Makes the delivery for a request: `answer` is called unless the fault stands in place of the response. */
export function deliveryUnder(fault: Fault | undefined, target: Target, answer: () => Reply): Delivery {
  const delay = fault?.delay ?? 0;
  const effect = fault?.effect;
  if (effect === undefined) return { reply: answer(), delay };
  switch (effect.kind) {
    case "date":
      return { reply: answer(), delay };
    case "cut": {
      const reset = effect.how === "reset";
      if (effect.where === "before-service") return { reply: nothing, delay, cut: "before-response", reset };
      return { reply: answer(), delay, cut: effect.where, reset };
    }
    case "truncated-xml":
      return { reply: truncated(answer()), delay };
    case "packed":
      return { reply: packed(answer()), delay };
    case "garbled":
      return { reply: nothing, delay, raw: "SSH-2.0-OpenSSH_9.6\r\n" };
    case "relabelled":
      return { reply: relabelled(answer(), effect.contentType), delay };
    default:
      return { reply: replacement(effect, target), delay };
  }
}

/** Those whose reply does not depend on the right one. */
type Replacement = Exclude<
  Effect,
  { kind: "date" | "cut" | "truncated-xml" | "relabelled" | "packed" | "garbled" }
>;

/** Stands for a response that never leaves. */
const nothing: Reply = { status: 200, headers: [], body: "" };

function replacement(effect: Replacement, target: Target): Reply {
  switch (effect.kind) {
    case "throttle":
      return throttled(target);
    case "refusal":
      return refusal(target, effect.status, effect.code, effect.message);
    case "status":
      return effect.body === "empty"
        ? { status: effect.status, headers: [], body: "" }
        : pageReply(effect.status, `${effect.status} from a gateway`);
    case "captive-portal":
      return pageReply(200, "Welcome to the guest network, please accept the terms");
    case "invalid-json":
      return reply(200, "application/json", '{"SigninToken": "unfinished');
    case "huge":
      return {
        status: 200,
        headers: [["Content-Type", "text/xml"]],
        body: Buffer.alloc(effect.bytes ?? 64 << 20, " "),
      };
    case "redirect":
      return { ...pageReply(302, "Moved"), headers: [["Location", effect.location]] };
    case "response":
      return reply(effect.status, effect.contentType, effect.body);
  }
}

const REQUEST_ID = "00000000-0000-4000-8000-000000000429";

/** STS throttles with 400 and an XML document, SSO-OIDC with 400 and `slow_down`, everything else with 429. */
function throttled(target: Target): Reply {
  if (target.service === "oidc") return oidcError(problem("slow_down", "Rate exceeded"), REQUEST_ID);
  if (target.service === "portal")
    return portalError("TooManyRequestsException", "Rate exceeded", REQUEST_ID);
  if (target.service === "sts") return refusal(target, 400, "Throttling", "Rate exceeded");
  return reply(429, "text/plain", "Too Many Requests");
}

/** An error as the service would word it: STS in XML, the others in JSON, the metadata service and the federation page in a line. */
function refusal({ service, path }: Target, status: number, code: string, message: string): Reply {
  if (service === "sts") {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    const xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";
    return reply(
      status,
      "text/xml",
      `<ErrorResponse xmlns="${xmlns}">${error}<RequestId>${REQUEST_ID}</RequestId></ErrorResponse>\n`,
    );
  }
  if (service === "imds" || path === "/federation") return reply(status, "text/plain", `${message}\n`);
  const members =
    service === "oidc" ? { error: code, error_description: message } : { code, error: code, message };
  const answer = jsonReply(status, members);
  return { ...answer, headers: [...answer.headers, ["x-amzn-RequestId", REQUEST_ID]] };
}

function truncated(whole: Reply): Reply {
  const bytes = Buffer.from(whole.body);
  return { ...whole, body: bytes.subarray(0, Math.floor(bytes.byteLength / 2)) };
}

function packed(whole: Reply): Reply {
  return { ...whole, headers: [...whole.headers, ["Content-Encoding", "gzip"]], body: gzipSync(whole.body) };
}

function relabelled(whole: Reply, contentType: string | undefined): Reply {
  const others = whole.headers.filter(([name]) => name.toLowerCase() !== "content-type");
  const label: Header[] = contentType === undefined ? [] : [["Content-Type", contentType]];
  return { ...whole, headers: [...others, ...label] };
}

function fits({ match = {} }: Fault, target: Target): boolean {
  return (
    (match.service === undefined || match.service === target.service) &&
    (match.host === undefined || match.host === target.host) &&
    (match.method === undefined || match.method === target.method) &&
    (match.path === undefined || match.path === target.path) &&
    (match.action === undefined || match.action === target.action) &&
    (match.contains === undefined || target.text.includes(match.contains))
  );
}

/** The Host header without its port. */
export function hostName(headers: readonly Header[]): string {
  return (headerValue(headers, "host") ?? "").toLowerCase().replace(/:\d+$/, "");
}
