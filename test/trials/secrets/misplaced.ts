/** A secret in a wrong place. SECRET stands for it in every text. */
import type { Fault } from "../../stand-in/faults.ts";

export interface Misplaced {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** What every request is answered. */
  readonly response?: { readonly status: number; readonly contentType: string; readonly body: string };
  /** A password will do: the place tells that it is secret. */
  readonly whatever?: true;
  /** What the person named, the program's helpers see too. */
  readonly inherits?: true;
}

/** Keys of which the secret is the secret one. */
export const keys = { AWS_ACCESS_KEY_ID: "AKIAANAANAANAANAANA2", AWS_SECRET_ACCESS_KEY: "SECRET" };

export const whatever = (misplaced: Misplaced): Misplaced => ({ ...misplaced, whatever: true });

/** A command with keys, to which these words are added. */
export const option = (...args: string[]): Misplaced => ({ args: ["dumpcreds", ...args], env: keys });

/** The fault that gives every request this response. */
export function faultOf({ response }: Misplaced): Fault | undefined {
  return response === undefined ? undefined : { effect: { kind: "response", ...response }, times: 1000 };
}
