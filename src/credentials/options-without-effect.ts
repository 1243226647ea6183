/** Options that were given and change nothing. Pure. */

import type { LoginOptions } from "../sso/portal.ts";
import type { PortalOptions } from "../sso/portal-of-options.ts";
import type { CredentialSource, Step } from "./plan.ts";
import type { RoleChainOptions } from "./role-chain/plan-steps.ts";

/** The options that act only where something takes part that uses them. */
export type ConditionalOptions = RoleChainOptions &
  Pick<LoginOptions, "refresh" | "signIn" | "useDeviceCode" | "nrt"> &
  Pick<PortalOptions, "ssoRegion" | "useCache" | "ssoAccessToken" | "accesstokenCache"> & {
    readonly mfaToken?: string;
  };

export interface OptionWithoutEffect {
  readonly option: string;
  readonly why: string;
}

/**
 * The options that no part of the plan can carry: whoever gave one expects what will not happen. Of those about a
 * sign-in only values that forbid nothing count, and that are no default, for which nobody need have asked.
 */
export function optionsWithoutEffect(
  start: Pick<CredentialSource, "kind">,
  steps: readonly Step[],
  options: ConditionalOptions,
): OptionWithoutEffect[] {
  const noRole = "no role is assumed";
  const anyRole = steps.some(({ kind }) => kind === "role");
  const anyStep = steps.length > 0;
  // A web identity is traded for a role's session, with a name and a duration but nothing else of a hop.
  const webRole = start.kind === "web-identity";
  const anyName = webRole || steps.some(({ kind }) => kind !== "session-token");
  const anyMfa = steps.some((step) => step.kind !== "federation-token" && step.mfaSerial !== undefined);

  const noPortal = "Identity Center takes no part";
  const portal = start.kind === "sso-role";
  const { roleSessionName, externalId, sourceIdentity, duration, mfaSerial, mfaToken } = options;
  const checks: readonly (readonly [option: string, isGiven: boolean, acts: boolean, why: string])[] = [
    ["--role-session-name", roleSessionName !== undefined, anyName, noRole],
    ["--external-id", externalId !== undefined, anyRole, noRole],
    ["--source-identity", sourceIdentity !== undefined, anyRole, noRole],
    ["--duration", duration !== undefined, webRole || anyStep, noRole],
    ["--mfa-serial", mfaSerial !== undefined, anyStep, noRole],
    ["--mfa-token", mfaToken !== undefined, anyMfa, anyStep ? "no MFA device is named" : noRole],
    ["--sso-region", options.ssoRegion !== undefined, portal, noPortal],
    ["--nrt", options.nrt, portal, noPortal],
    ["--use-device-code", options.useDeviceCode, portal, noPortal],
    // It passes over cached credentials too, wherever they are from.
    ["--refresh", options.refresh !== "auto", portal || options.useCache, noPortal],
    ["--sign-in", options.signIn === "always", portal, noPortal],
  ];
  const idle: OptionWithoutEffect[] = portal ? withoutEffectBesideToken(options) : [];
  for (const [option, isGiven, acts, why] of checks) if (isGiven && !acts) idle.push({ option, why });
  return idle;
}

/** What a token that is given makes idle: it is used, and nobody signs in for another. */
export function withoutEffectBesideToken(
  options: Pick<ConditionalOptions, "signIn" | "ssoAccessToken" | "accesstokenCache">,
): OptionWithoutEffect[] {
  const isGiven = options.ssoAccessToken !== undefined || options.accesstokenCache !== undefined;
  if (!isGiven || options.signIn !== "always") return [];
  return [{ option: "--sign-in", why: "the token that is given is used" }];
}

/** As it stands on stderr. */
export function withoutEffectWarning({ option, why }: OptionWithoutEffect): string {
  return `aws-login: warning: ${option} has no effect: ${why}`;
}
