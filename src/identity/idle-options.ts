/** Options that were given and change nothing. Pure. */
import type { HopOptions } from "./hops/plan-hops.ts";
import type { Hop, Start } from "./plan.ts";
import type { SignInOptions } from "./portal/portal-access.ts";
import type { PortalOptions } from "./portal/portal-choice.ts";

/** The options that act only where something takes part that uses them. */
export type ConditionalOptions = HopOptions &
  Pick<SignInOptions, "refresh" | "signIn" | "useDeviceCode" | "nrt"> &
  Pick<PortalOptions, "ssoRegion" | "useCache"> & { readonly mfaToken?: string };

export interface IdleOption {
  readonly option: string;
  readonly why: string;
}

/**
 * The options that no part of the plan can carry: whoever gave one expects what will not happen. Of those about a
 * sign-in only values that forbid nothing count, and that are no default, for which nobody need have asked.
 */
export function idleOptions(
  start: Pick<Start, "kind">,
  hops: readonly Hop[],
  options: ConditionalOptions,
): IdleOption[] {
  const noRole = "no role is assumed";
  const anyRole = hops.some(({ kind }) => kind === "role");
  const anyHop = hops.length > 0;
  // A web identity is traded for a role's session, with a name and a duration but nothing else of a hop.
  const webRole = start.kind === "web-identity";
  const anyName = webRole || hops.some(({ kind }) => kind !== "session-token");
  const anyMfa = hops.some((hop) => hop.kind !== "federation-token" && hop.mfaSerial !== undefined);

  const idle: IdleOption[] = [];
  const check = (option: string, value: string | number | true | undefined, acts: boolean, why: string) => {
    if (value !== undefined && !acts) idle.push({ option, why });
  };
  check("--role-session-name", options.roleSessionName, anyName, noRole);
  check("--external-id", options.externalId, anyRole, noRole);
  check("--source-identity", options.sourceIdentity, anyRole, noRole);
  check("--duration", options.duration, webRole || anyHop, noRole);
  check("--mfa-serial", options.mfaSerial, anyHop, noRole);
  check("--mfa-token", options.mfaToken, anyMfa, anyHop ? "no MFA device is named" : noRole);

  const noPortal = "Identity Center takes no part";
  const portal = start.kind === "sso-role";
  check("--sso-region", options.ssoRegion, portal, noPortal);
  check("--nrt", given(options.nrt), portal, noPortal);
  check("--use-device-code", given(options.useDeviceCode), portal, noPortal);
  // It passes over cached credentials too, wherever they are from.
  check("--refresh", given(options.refresh !== "auto"), portal || options.useCache, noPortal);
  check("--sign-in", given(options.signIn === "always"), portal, noPortal);
  return idle;
}

function given(flag: boolean): true | undefined {
  return flag ? true : undefined;
}
