import type { SignIn } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import type { PortalError } from "./portal-error.ts";

/** What an operation is given: a query without unknown or repeated names, and the user whose token it is. */
export interface PortalInput {
  readonly query: ReadonlyMap<string, string>;
  readonly signIn: SignIn;
  readonly world: World;
}

/** The value of a success, or the problem. */
export type PortalOutcome = { readonly value: unknown } | PortalProblem;

export interface PortalProblem {
  readonly code: PortalError;
  readonly message: string;
}
