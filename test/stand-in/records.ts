import type { Effect } from "./faults.ts";
import type { ServiceName } from "./service.ts";

/** Where a connection came in: a service's own port, or the proxy. */
export type Entrance = ServiceName | "proxy";

export interface RequestRecord {
  readonly connection: number;
  readonly entrance: Entrance;
  /** By the stand-in's clock, in milliseconds since the epoch. */
  readonly time: number;
  readonly service: ServiceName;
  /** The Host header as sent. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The `Action` field of the query or of a form body; for Identity Center the name of the operation. */
  readonly action?: string;
  /** The decoded fields of query and form body. */
  readonly form: Readonly<Record<string, string>>;
  /** The key id that the Authorization header names, whether or not the signature is right. */
  readonly accessKeyId?: string;
  /** The caller's ARN, or the user of Identity Center. */
  readonly caller?: string;
  /** Absent when the connection was closed without a response. */
  readonly status?: number;
  readonly fault?: Effect["kind"] | "late";
}

export interface TunnelRecord {
  readonly connection: number;
  readonly host: string;
  readonly port: number;
  /** What CONNECT was answered: 200, 407 without credentials, 502 for a host the stand-in does not play. */
  readonly status: number;
  /** Completed TLS handshakes inside: 0 or 1. */
  handshakes: number;
}

export interface ConnectionRecord {
  readonly connection: number;
  readonly entrance: Entrance;
}

/** What the stand-in has seen since the start or the last reset, in order of arrival. */
export interface Records {
  readonly requests: RequestRecord[];
  readonly tunnels: TunnelRecord[];
  readonly connections: ConnectionRecord[];
  clear(): void;
}

export function createRecords(): Records {
  const requests: RequestRecord[] = [];
  const tunnels: TunnelRecord[] = [];
  const connections: ConnectionRecord[] = [];
  return {
    requests,
    tunnels,
    connections,
    clear() {
      for (const list of [requests, tunnels, connections]) list.length = 0;
    },
  };
}
