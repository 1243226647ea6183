/** Options that were given and change nothing. Pure. */
import type { HopOptions } from "./hops.ts";
import type { Hop, Start } from "./plan.ts";

export interface IdleOption {
  readonly option: string;
  readonly why: string;
}

/** The options about roles that no part of the plan can carry: whoever gave one expects what will not happen. */
export function idleOptions(
  start: Pick<Start, "kind">,
  hops: readonly Hop[],
  options: HopOptions & { readonly mfaToken?: string },
): IdleOption[] {
  const noRole = "no role is assumed";
  const anyRole = hops.some(({ kind }) => kind === "role");
  const anyHop = hops.length > 0;
  // A web identity is traded for a role's session, with a name and a duration but nothing else of a hop.
  const webRole = start.kind === "web-identity";
  const anyName = webRole || hops.some(({ kind }) => kind !== "session-token");
  const anyMfa = hops.some((hop) => hop.kind !== "federation-token" && hop.mfaSerial !== undefined);

  const idle: IdleOption[] = [];
  const check = (option: string, value: string | number | undefined, acts: boolean, why: string) => {
    if (value !== undefined && !acts) idle.push({ option, why });
  };
  check("--role-session-name", options.roleSessionName, anyName, noRole);
  check("--external-id", options.externalId, anyRole, noRole);
  check("--source-identity", options.sourceIdentity, anyRole, noRole);
  check("--duration", options.duration, webRole || anyHop, noRole);
  check("--mfa-serial", options.mfaSerial, anyHop, noRole);
  check("--mfa-token", options.mfaToken, anyMfa, anyHop ? "no MFA device is named" : noRole);
  return idle;
}
