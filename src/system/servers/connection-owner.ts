import { loopbackHost } from "./loopback-server.ts";
import type { ConnectionEnd } from "./socket-diagnosis.ts";

/**
 * Whether a process of this user sent the request: every program on the machine can reach a loopback port. Linux lists the
 * owner of each connection, and one that it does not list is refused. Other systems do not tell, so there every
 * connection counts as this user's.
 */
export async function isOurs(request: Request, server: Bun.Server<undefined>): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const owner = await ownerOfClient(request, server);
  return owner !== undefined && owner === process.getuid?.();
}

/** The same, but root's processes may ask as well: they can read this process's memory anyway. */
export async function isOursOrRoots(request: Request, server: Bun.Server<undefined>): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const peer = server.requestIP(request);
  if (peer === null) return false;
  const { diagnoseSocket } = await import("./socket-diagnosis.ts");
  const found = diagnoseSocket(peer, { address: loopbackHost, port: server.port ?? 0 });
  const owner = found.kind === "owner" ? found.user : await ownerInTables(found.kind, request, server);
  return owner !== undefined && (owner === 0 || owner === process.getuid?.());
}

/** Some systems have the tables alone. */
async function ownerInTables(
  kind: "unknown" | "unavailable",
  request: Request,
  server: Bun.Server<undefined>,
): Promise<number | undefined> {
  return kind === "unknown" ? undefined : ownerOfClient(request, server);
}

async function ownerOfClient(request: Request, server: Bun.Server<undefined>): Promise<number | undefined> {
  const peer = server.requestIP(request);
  if (peer === null) return undefined;
  const own = { address: loopbackHost, port: server.port ?? 0 };
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const owner = connectionOwner(await tableText(file), peer, own);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** Empty when there is no such table, as in a kernel without IPv6. */
async function tableText(file: string): Promise<string> {
  try {
    return await Bun.file(file).text();
  } catch {
    return "";
  }
}

/** The state of a connection that both sides have open. Linux lists an orphaned socket as root's. */
const ESTABLISHED = "01";

/** The prefix of an IPv4 address in the table of IPv6 sockets, which also carry IPv4 connections. */
const MAPPED = "0000000000000000FFFF0000";

/**
 * The user id behind the socket whose own end is `local` and whose other end is `remote`, read from the text of Linux's
 * `/proc/net/tcp` or `/proc/net/tcp6` (proc_pid_net(5)); undefined when it is not listed.
 */
export function connectionOwner(
  table: string,
  local: ConnectionEnd,
  remote: ConnectionEnd,
): number | undefined {
  for (const line of table.split("\n").slice(1)) {
    const [, own, other, state, , , , owner] = line.trim().split(/\s+/);
    if (own === undefined || other === undefined || owner === undefined) continue;
    if (state === ESTABLISHED && names(own, local) && names(other, remote)) return Number(owner);
  }
  return undefined;
}

function names(column: string, end: ConnectionEnd): boolean {
  const plain = hexadecimal(end);
  return column === plain || column === MAPPED + plain;
}

/** The bytes of the address last first, as little-endian machines print them, then the port. */
function hexadecimal(end: ConnectionEnd): string {
  const bytes = end.address.split(".").map((byte) => hex(Number(byte), 2));
  return `${bytes.reverse().join("")}:${hex(end.port, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
