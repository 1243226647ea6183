/** Which requests the endpoint answers. Pure. */
import { equalInConstantTime } from "../lib/constant-time.ts";
import { isHostOf } from "../lib/host-header.ts";
import type { ServedRequest } from "../system/endpoint-types.ts";

/** What a request has to know. Neither stands in an argument list or a log. */
export interface EndpointSecrets {
  /** Begins with a slash; 256 bits in hexadecimal. */
  readonly path: string;
  /** 256 bits in hexadecimal. */
  readonly token: string;
}

/** A browser sends at least one of these, or a proxy that hands on requests of others. No SDK does. */
const browserOrProxyHeaders = ["origin", "sec-fetch-site", "x-forwarded-for"];

export function isFromBrowserOrProxy(request: Pick<ServedRequest, "header">): boolean {
  return browserOrProxyHeaders.some((name) => request.header(name) !== undefined);
}

/**
 * What follows the secret path in an authorized request, "" or `/profile/NAME`; undefined for a request that is
 * refused. By its Host a page is refused whose name was made to lead to this machine (DNS rebinding).
 */
export function authorizedPath(
  request: Pick<ServedRequest, "method" | "target" | "header">,
  { path, token }: EndpointSecrets,
  port: number,
): string | undefined {
  const isLocal = isHostOf(request.header("host"), ["127.0.0.1", "localhost"], port);
  const isTokenRight = equalInConstantTime(request.header("authorization") ?? "", token);
  const start = request.target.slice(0, path.length);
  const isPathRight = equalInConstantTime(start, path);
  if (request.method !== "GET" || !isLocal || isFromBrowserOrProxy(request) || !isTokenRight || !isPathRight)
    return undefined;
  return request.target.slice(path.length);
}
