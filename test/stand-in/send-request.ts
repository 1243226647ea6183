import { actions } from "./actions/actions.ts";
import { container } from "./container/container.ts";
import { deliveryUnder, type FaultPlan, hostName, type Target } from "./faults.ts";
import { parseForm } from "./form.ts";
import type { HostIdentity } from "./hosts.ts";
import { type HttpRequest, headerValue } from "./http/message.ts";
import type { Delivery } from "./http/reply.ts";
import { imds } from "./imds/imds.ts";
import { oidc } from "./oidc/oidc.ts";
import { startPage } from "./oidc/start-page.ts";
import { operationOf } from "./operations.ts";
import { portal } from "./portal/portal.ts";
import type { Entrance, Records } from "./records.ts";
import { rolesAnywhere } from "./rolesanywhere/rolesanywhere.ts";
import { s3 } from "./s3/s3.ts";
import type { Call, Service, ServiceName, ServiceResponse } from "./service.ts";
import { consolePages } from "./signin/console.ts";
import { signin } from "./signin/federation.ts";
import { sts } from "./sts/sts.ts";
import type { World } from "./world/world.ts";

const SERVICES: Readonly<Record<ServiceName, Service>> = {
  sts,
  signin,
  rolesanywhere: rolesAnywhere,
  console: consolePages,
  imds,
  container,
  actions,
  s3,
  portal,
  oidc,
  "start-page": startPage,
};

/** The connection a request came over, and what it was addressed to. */
export interface Route {
  readonly connection: number;
  readonly entrance: Entrance;
  readonly service: ServiceName;
  /** Absent on a service's own port. */
  readonly host?: HostIdentity;
}

export interface Exchange {
  readonly world: World;
  readonly faults: FaultPlan;
  readonly records: Records;
}

/** One request and its answer: the service or an ordered fault decides, the request is recorded, the server's date is set. */
export function exchange(request: HttpRequest, route: Route, { world, faults, records }: Exchange): Delivery {
  const [path = "", query = ""] = splitOnce(request.target, "?");
  const { method, headers, body } = request;
  const call: Call = { method, path, query, headers, body, host: route.host };
  const text = Buffer.from(body).toString();
  const isForm = /^application\/x-www-form-urlencoded/i.test(headerValue(headers, "content-type") ?? "");
  const form = Object.fromEntries([...parseForm(query), ...(isForm ? parseForm(text) : [])]);
  const action = form.Action ?? operationOf(route.service, call);
  const target: Target = {
    service: route.service,
    host: hostName(headers),
    method,
    path,
    action,
    text: `${query}\n${text}`,
    isReused: records.requests.some(({ connection }) => connection === route.connection),
  };

  const fault = faults.take(target);
  let answer: ServiceResponse | undefined;
  const delivery = deliveryUnder(fault, target, () => {
    answer = SERVICES[route.service](call, world);
    return answer.reply;
  });
  const accessKeyId = /Credential=([^/,\s]+)\//.exec(headerValue(headers, "authorization") ?? "")?.[1];
  records.requests.push({
    connection: route.connection,
    entrance: route.entrance,
    time: world.now(),
    service: route.service,
    host: headerValue(headers, "host") ?? "",
    method,
    path,
    query,
    headers: Object.fromEntries(
      headers.map(([name]) => [name.toLowerCase(), headerValue(headers, name.toLowerCase()) ?? ""]),
    ),
    body: text,
    form,
    ...(action === undefined ? {} : { action }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(answer?.caller === undefined ? {} : { caller: answer.caller }),
    ...(delivery.cut === "before-response" ? {} : { status: delivery.reply.status }),
    ...(fault === undefined ? {} : { fault: fault.effect?.kind ?? "late" }),
  });

  const offset = fault?.effect?.kind === "date" ? fault.effect.offset : 0;
  const date = new Date(world.now() + offset).toUTCString();
  const delay = delivery.delay + (answer?.delay ?? 0);
  return {
    ...delivery,
    delay,
    reply: { ...delivery.reply, headers: [...delivery.reply.headers, ["Date", date]] },
  };
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
