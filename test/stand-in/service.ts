import type { HostIdentity } from "./hosts.ts";
import type { Header } from "./http/message.ts";
import type { Reply } from "./http/reply.ts";
import type { World } from "./world/world.ts";

/** Every service the stand-in plays. A new one gets a file of its own with a `Service` in it. */
export type ServiceName =
  | "sts"
  | "signin"
  | "rolesanywhere"
  | "console"
  | "imds"
  | "container"
  | "actions"
  | "s3"
  | "portal"
  | "oidc"
  | "start-page";

/** A request as a service sees it. */
export interface Call {
  readonly method: string;
  /** As sent: percent-encoding and dots untouched. */
  readonly path: string;
  /** As sent, without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** The real AWS host that was asked; absent when the request came to a service's own port. */
  readonly host: HostIdentity | undefined;
}

export interface ServiceResponse {
  readonly reply: Reply;
  /** The caller's ARN; the user's name where Identity Center knows them. */
  readonly caller?: string;
  /** Milliseconds before the reply leaves; default 0. */
  readonly delay?: number;
}

/** Answers one request from the state of the world, which it may change. */
export type Service = (call: Call, world: World) => ServiceResponse;
