import type { Call } from "../service.ts";
import type { World } from "../world/world.ts";
import type { Members, Shape } from "./json-body.ts";
import type { OidcProblem } from "./oidc-error.ts";

/** The value of a success, with the user whom it concerns; or the problem. */
export type OidcOutcome = { readonly value: unknown; readonly user?: string } | OidcProblem;

/** An operation of the JSON interface: its members have been checked against `shape` when it is performed. */
export interface Operation {
  readonly shape: Shape;
  perform(members: Members, call: Call, world: World): OidcOutcome;
}
