import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { type HostIdentity, identifyHost } from "./hosts.ts";
import { serveConnection } from "./http/connection.ts";
import { type HttpRequest, headerValue } from "./http/message.ts";
import { type Delivery, pageReply, type Reply } from "./http/reply.ts";
import { type Exchange, exchange } from "./send-request.ts";
import type { ServiceName } from "./service.ts";
import type { Authority, CertificateFlaw } from "./x509/authority.ts";

export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

export interface ProxySettings extends Exchange {
  readonly authority: Authority;
  readonly credentials: ProxyCredentials | undefined;
  /** Hosts that show a certificate with this flaw. */
  readonly flaws: ReadonlyMap<string, CertificateFlaw>;
  /** The services on ports of their own, by port: the proxy passes plain HTTP on to them. */
  readonly ownPorts: ReadonlyMap<number, ServiceName>;
}

/** An HTTP proxy behind which the AWS hosts stand: CONNECT ends in TLS here, nothing is ever passed on elsewhere. */
export function serveProxy(socket: Socket, connection: number, settings: ProxySettings): void {
  serveConnection(socket, {
    connect(request) {
      const [, host = "", port = ""] = /^(.+):(\d+)$/.exec(request.target) ?? [];
      const refusal = unauthorized(request, settings);
      const identity = port === "443" ? identifyHost(host.toLowerCase()) : undefined;
      const status = refusal !== undefined ? 407 : identity === undefined ? 502 : 200;
      const tunnel = { connection, host, port: Number(port), status, handshakes: 0 };
      settings.records.tunnels.push(tunnel);
      if (refusal !== undefined) return refusal;
      if (identity === undefined) return now(unknownHost(request.target));
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      const secure = endTls(socket, identity, settings);
      secure.on("secure", () => {
        tunnel.handshakes++;
      });
      serveConnection(secure, {
        reset: () => socket.resetAndDestroy(),
        answer: (inner) =>
          exchange(
            inner,
            { connection, entrance: "proxy", service: identity.service, host: identity },
            settings,
          ),
      });
      return "taken";
    },
    answer: (request) => unauthorized(request, settings) ?? passPlain(request, connection, settings),
  });
}

function endTls(socket: Socket, identity: HostIdentity, { authority, flaws }: ProxySettings): TLSSocket {
  const secureContext = authority.serverContext(identity.host, flaws.get(identity.host));
  return new TLSSocket(socket, { isServer: true, secureContext });
}

/** A request in absolute form, `GET http://host/path`: served when it is for one of the stand-in's own ports. */
function passPlain(request: HttpRequest, connection: number, settings: ProxySettings): Delivery {
  const url = URL.canParse(request.target) ? new URL(request.target) : undefined;
  const service = url?.hostname === "127.0.0.1" ? settings.ownPorts.get(Number(url.port)) : undefined;
  if (url === undefined || url.protocol !== "http:" || service === undefined) {
    const host = url?.hostname ?? request.target;
    settings.records.tunnels.push({
      connection,
      host,
      port: Number(url?.port || 80),
      status: 502,
      handshakes: 0,
    });
    return now(unknownHost(request.target));
  }
  const target = request.target.replace(/^http:\/\/[^/?]*/, "");
  const inner = { ...request, target: target.startsWith("/") ? target : `/${target}` };
  return exchange(inner, { connection, entrance: "proxy", service }, settings);
}

function unauthorized(request: HttpRequest, { credentials }: ProxySettings): Delivery | undefined {
  if (credentials === undefined) return undefined;
  const expected = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")}`;
  if (headerValue(request.headers, "proxy-authorization") === expected) return undefined;
  const page = pageReply(407, "Proxy credentials needed");
  return now({ ...page, headers: [...page.headers, ["Proxy-Authenticate", 'Basic realm="stand-in"']] });
}

function unknownHost(target: string): Reply {
  return pageReply(502, `The stand-in does not play ${target}`);
}

function now(reply: Reply): Delivery {
  return { reply, delay: 0 };
}
