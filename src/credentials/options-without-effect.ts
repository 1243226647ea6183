/** Options that have no effect. Pure. */

import type { LoginOptions } from "../sso/portal.ts";
import type { PortalOptions } from "../sso/portal-of-options.ts";
import type { CredentialSource } from "./credential-source.ts";
import type { RoleChainOptions } from "./role-chain/plan-steps.ts";
import type { Step } from "./role-chain/steps.ts";

/** The options that have an effect only with some sources and steps. */
export type ConditionalOptions = RoleChainOptions &
  Pick<LoginOptions, "refresh" | "signIn" | "useDeviceCode" | "remote" | "callbackPort" | "nrt"> &
  Pick<PortalOptions, "ssoRegion" | "useCache" | "ssoAccessToken" | "accesstokenCache"> & {
    readonly mfaToken?: string;
  };

export interface OptionWithoutEffect {
  readonly option: string;
  readonly why: string;
}

/**
 * The options that no part of the plan uses. Of the options about a sign-in, defaults and values that only forbid
 * something have their effect in any case.
 */
export function optionsWithoutEffect(
  source: Pick<CredentialSource, "kind">,
  steps: readonly Step[],
  options: ConditionalOptions,
): OptionWithoutEffect[] {
  const anyRole = steps.some(({ kind }) => kind === "role");
  const anyStep = steps.length > 0;
  // These sources are roles themselves. They take a session name and a duration, and no other parameter of a role step.
  const roleSource = source.kind === "web-identity" || source.kind === "rolesanywhere";
  const noRole = roleSource ? "no further role is assumed" : "no role is assumed";
  const anyName = roleSource || steps.some(({ kind }) => kind !== "session-token");
  const anyMfa = steps.some((step) => step.kind !== "federation-token" && step.mfaSerial !== undefined);

  const noPortal = "the credentials do not come from Identity Center";
  const portal = source.kind === "sso-role";
  const { roleSessionName, externalId, sourceIdentity, duration } = options;
  const { mfaSerial, mfaProcess, mfaToken } = options;
  const checks: readonly (readonly [option: string, isGiven: boolean, acts: boolean, why: string])[] = [
    ["--role-session-name", roleSessionName !== undefined, anyName, noRole],
    ["--external-id", externalId !== undefined, anyRole, noRole],
    ["--source-identity", sourceIdentity !== undefined, anyRole, noRole],
    ["--duration", duration !== undefined, roleSource || anyStep, noRole],
    ["--mfa-serial", mfaSerial !== undefined, anyStep, noRole],
    ["--mfa-process", mfaProcess !== undefined, anyMfa, anyStep ? "no MFA device is named" : noRole],
    ["--mfa-token", mfaToken !== undefined, anyMfa, anyStep ? "no MFA device is named" : noRole],
    ["--sso-region", options.ssoRegion !== undefined, portal, noPortal],
    ["--nrt", options.nrt, portal, noPortal],
    ["--use-device-code", options.useDeviceCode, portal, noPortal],
    ["--remote", options.remote, portal, noPortal],
    ["--callback-port", options.callbackPort !== undefined, portal, noPortal],
    // It also skips cached credentials of every source.
    ["--refresh", options.refresh !== "auto", portal || options.useCache, noPortal],
    ["--sign-in", options.signIn === "always", portal, noPortal],
  ];
  const unused: OptionWithoutEffect[] = portal ? withoutEffectBesideToken(options) : [];
  for (const [option, isGiven, acts, why] of checks) if (isGiven && !acts) unused.push({ option, why });
  return unused;
}

/** The options that a token of the command line leaves without effect: it is used, and no sign-in starts. */
export function withoutEffectBesideToken(
  options: Pick<ConditionalOptions, "signIn" | "ssoAccessToken" | "accesstokenCache">,
): OptionWithoutEffect[] {
  const isGiven = options.ssoAccessToken !== undefined || options.accesstokenCache !== undefined;
  if (!isGiven || options.signIn !== "always") return [];
  return [{ option: "--sign-in", why: "the given token is used" }];
}

/** The line for stderr. */
export function withoutEffectWarning({ option, why }: OptionWithoutEffect): string {
  return `aws-login: warning: ${option} has no effect: ${why}`;
}
