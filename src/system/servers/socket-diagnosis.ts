/**
 * Linux's answer to whose a TCP connection is, for one connection (sock_diag(7)). The tables of `/proc/net` hold all of
 * them and take a thousand times as long.
 */
import { loadCLibrary } from "../c-library.ts";

/** From the kernel's headers `netlink.h`, `sock_diag.h` and `inet_diag.h`. */
const AF_INET = 2;
const AF_NETLINK = 16;
const SOCK_RAW_CLOSED_ON_EXEC = 3 | 0o2000000;
const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_REQUEST = 1;
const IPPROTO_TCP = 6;
const TCP_ESTABLISHED = 1;
const MSG_DONTWAIT = 0x40;

/** Bytes of a request: the header of 16, then `inet_diag_req_v2`. */
const requestLength = 72;
/** Where an answer has the state and the user id. */
const [stateOffset, userOffset, shortestAnswer] = [17, 80, 84];

/**
 * - `owner`: the user id of the process whose connection it is
 * - `unknown`: there is no such connection
 * - `unavailable`: this system does not answer
 */
export type Diagnosis =
  | { readonly kind: "owner"; readonly user: number }
  | { readonly kind: "unknown" | "unavailable" };

/** One end of a TCP connection over IPv4: `127.0.0.1` and a port. */
export interface ConnectionEnd {
  readonly address: string;
  readonly port: number;
}

/** Whose the socket is whose own end is `local`, connected to `remote`; both IPv4. */
export function diagnoseSocket(local: ConnectionEnd, remote: ConnectionEnd): Diagnosis {
  kernel ??= openKernel();
  if (kernel === undefined) return { kind: "unavailable" };
  const { symbols, socket } = kernel;
  const request = diagnosisRequest(local, remote);
  if (Number(symbols.send(socket, request, request.length, 0)) !== request.length)
    return { kind: "unavailable" };
  const answer = new Uint8Array(512);
  const length = Number(symbols.recv(socket, answer, answer.length, MSG_DONTWAIT));
  return readDiagnosis(answer.subarray(0, Math.max(0, length)));
}

let kernel: ReturnType<typeof openKernel>;

/** Undefined where the C library or the kernel refuses. */
function openKernel() {
  const symbols = loadCLibrary({
    socket: { args: ["int", "int", "int"], returns: "int" },
    send: { args: ["int", "ptr", "u64", "int"], returns: "i64" },
    recv: { args: ["int", "ptr", "u64", "int"], returns: "i64" },
  });
  const socket = symbols?.socket(AF_NETLINK, SOCK_RAW_CLOSED_ON_EXEC, NETLINK_SOCK_DIAG) ?? -1;
  return symbols === undefined || socket < 0 ? undefined : { symbols, socket };
}

/** Pure. The machine is little-endian, as all are that the program is built for; addresses and ports are not. */
export function diagnosisRequest(local: ConnectionEnd, remote: ConnectionEnd): Uint8Array {
  const bytes = new Uint8Array(requestLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, requestLength, true);
  view.setUint16(4, SOCK_DIAG_BY_FAMILY, true);
  view.setUint16(6, NLM_F_REQUEST, true);
  view.setUint8(16, AF_INET);
  view.setUint8(17, IPPROTO_TCP);
  // In every state, and whatever the cookie is that tells sockets of the same addresses apart.
  for (const offset of [20, 64, 68]) view.setUint32(offset, 0xffff_ffff, true);
  view.setUint16(24, local.port);
  view.setUint16(26, remote.port);
  bytes.set(local.address.split(".").map(Number), 28);
  bytes.set(remote.address.split(".").map(Number), 44);
  return bytes;
}

/** Pure. */
export function readDiagnosis(answer: Uint8Array): Diagnosis {
  if (answer.length < 20) return { kind: "unavailable" };
  const view = new DataView(answer.buffer, answer.byteOffset, answer.length);
  if (view.getUint16(4, true) !== SOCK_DIAG_BY_FAMILY || answer.length < shortestAnswer)
    return { kind: "unknown" };
  if (view.getUint8(stateOffset) !== TCP_ESTABLISHED) return { kind: "unknown" };
  return { kind: "owner", user: view.getUint32(userOffset, true) };
}
