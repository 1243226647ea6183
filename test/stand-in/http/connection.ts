import type { Socket } from "node:net";
import { type HttpRequest, headerValue, readRequest } from "./message.ts";
import { type Delivery, pageReply, replyBytes } from "./reply.ts";

export interface ConnectionHandler {
  answer(request: HttpRequest): Delivery;
  /** For a proxy: CONNECT was asked. Returns the delivery of a refusal, or "taken": the socket is the handler's now. */
  connect?(request: HttpRequest): Delivery | "taken";
  /** Ends the connection with a RST; default: that of the socket. For a TLS socket it is the one below that can. */
  reset?(): void;
}

/**
 * Serves the requests of one connection, in order, for as long as it is kept alive. Works on a plain socket and on a
 * TLS socket alike. Errors of the socket (a client that goes away) end the connection and are not reported.
 */
export function serveConnection(socket: Socket, handler: ConnectionHandler): void {
  let pending: Uint8Array = new Uint8Array(0);
  let busy = false;
  let continued = false;
  /** A server that closes a connection processes no further request of it (RFC 9112, 9.6). */
  let isEnding = false;

  const reset = () => (handler.reset ?? (() => socket.resetAndDestroy()))();
  const receive = (bytes: Uint8Array) => {
    if (isEnding) return;
    pending = pending.byteLength === 0 ? bytes : Buffer.concat([pending, bytes]);
    if (!busy) void serve();
  };

  const serve = async () => {
    busy = true;
    while (!socket.destroyed && !isEnding) {
      const read = readRequest(pending);
      if (read.kind === "more") {
        if (read.expectsContinue && !continued) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        continued = read.expectsContinue;
        break;
      }
      continued = false;
      if (read.kind === "bad") {
        isEnding = true;
        await deliver(socket, { reply: pageReply(400, read.why), delay: 0 }, true, reset);
        break;
      }
      pending = read.rest;
      const { request } = read;
      let delivery: Delivery;
      if (request.method === "CONNECT" && handler.connect !== undefined) {
        socket.off("data", receive);
        const outcome = handler.connect(request);
        if (outcome === "taken") return;
        socket.on("data", receive);
        delivery = outcome;
      } else {
        delivery = handler.answer(request);
      }
      const close = asksToClose(request);
      isEnding = close || delivery.cut !== undefined || delivery.raw !== undefined;
      await deliver(socket, request.method === "HEAD" ? headOnly(delivery) : delivery, close, reset);
    }
    busy = false;
  };

  socket.on("error", () => socket.destroy());
  socket.on("data", receive);
}

/** The response to HEAD has no body: a client would take one for the start of the next response. */
function headOnly(delivery: Delivery): Delivery {
  return { ...delivery, reply: { ...delivery.reply, body: "" } };
}

function asksToClose(request: HttpRequest): boolean {
  const connection = (headerValue(request.headers, "connection") ?? "").toLowerCase();
  return request.version === "HTTP/1.0" ? connection !== "keep-alive" : connection.includes("close");
}

async function deliver(socket: Socket, delivery: Delivery, close: boolean, reset: () => void): Promise<void> {
  if (delivery.delay > 0) await pause(delivery.delay);
  if (socket.destroyed) return;
  const { cut } = delivery;
  if (cut === "before-response") {
    if (delivery.reset) reset();
    else socket.destroy();
    return;
  }
  if (delivery.raw !== undefined) {
    socket.end(delivery.raw);
    return;
  }
  const { head, body } = replyBytes(delivery.reply, close);
  const sent = cut === "half-body" ? body.subarray(0, Math.floor(body.byteLength / 2)) : body;
  const bytes = Buffer.concat([head, sent]);
  if (cut === undefined && !close) socket.write(bytes);
  else if (cut !== undefined && delivery.reset) socket.write(bytes, reset);
  // What the client has still to read would be lost if the socket were destroyed.
  else if (cut !== "half-body") socket.end(bytes);
  else socket.end(bytes, () => socket.destroy());
}

/** A timer that does not keep the process alive: a fault may ask for a response that never comes. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
