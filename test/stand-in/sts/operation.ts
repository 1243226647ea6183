import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import type { Parameters, Rule } from "./constraints.ts";
import type { Element } from "./xml.ts";

/** What an operation of STS is given: parameters that satisfy its rules, and a caller whose signature is right. */
export interface Input {
  readonly parameters: Parameters;
  readonly caller: Session;
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type Outcome = { readonly result: readonly Element[] } | { readonly problem: Problem };

export interface Operation {
  readonly rules: readonly Rule[];
  /** Gives out credentials, which a region can be closed for. */
  readonly issues: boolean;
  perform(input: Input, world: World): Outcome;
}

export function denied(message: string): Problem {
  return { status: 403, code: "AccessDenied", message };
}

export function invalid(message: string, code = "ValidationError"): Problem {
  return { status: 400, code, message };
}

export function notAuthorized(caller: Session, action: string, resource: string): Problem {
  return denied(`User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`);
}

/** Credentials as an answer carries them. The session must be a temporary one. */
export function credentialsElement(session: Session): Element {
  return [
    "Credentials",
    [
      ["AccessKeyId", session.accessKeyId],
      ["SecretAccessKey", session.secretAccessKey],
      ["SessionToken", session.sessionToken ?? ""],
      ["Expiration", expirationText(session.expiration ?? 0)],
    ],
  ];
}

/** ISO 8601 in whole seconds, as STS writes it. */
export function expirationText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
