/** The portal that the options name, and whether the profile of `--profile` agrees. Pure. */

import { whyNoStartUrl } from "../aws/sso/start-url.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { portalKey } from "../lib/portal-key.ts";
import { shellWord } from "../lib/quoting.ts";
import { type PortalChoice, portalRegion, refuseOtherRegion } from "./portal-choice.ts";
import { sessionPortal } from "./portal-of-profile.ts";

/** The options that name a portal or a token. */
export interface PortalOptions {
  readonly startUrl?: string;
  readonly ssoRegion?: string;
  readonly ssoSession?: string;
  /** A secret; `-` stands for "read it from stdin". */
  readonly ssoAccessToken?: string;
  readonly accesstokenCache?: string;
  readonly useCache: boolean;
}

/**
 * The portal that the options name, or undefined when they name none. `--use-cache` alone names the one used last.
 * Throws a Failure for a start URL that is none, and for a session that is not in the config file.
 */
export function portalOfOptions(options: PortalOptions, config: SharedConfig): PortalChoice | undefined {
  const { startUrl, ssoRegion, ssoSession, ssoAccessToken, accesstokenCache } = options;
  if (startUrl !== undefined) checkStartUrl(startUrl);
  if (ssoAccessToken !== undefined) {
    return { kind: "token", token: ssoAccessToken, startUrl, region: portalRegion(startUrl, ssoRegion) };
  }
  if (accesstokenCache !== undefined) {
    return { kind: "file", path: accesstokenCache, startUrl, region: ssoRegion };
  }
  if (ssoSession !== undefined) {
    const portal = sessionPortal(
      ssoSession,
      config,
      "--sso-session",
      `--sso-session ${shellWord(ssoSession)}`,
    );
    refuseOtherRegion(portal, ssoRegion, `the section [sso-session ${ssoSession}]`);
    return portal;
  }
  if (options.useCache) return { kind: "own", startUrl, region: ssoRegion };
  if (startUrl === undefined) return undefined;
  return { kind: "memory", startUrl, region: portalRegion(startUrl, ssoRegion) };
}

/**
 * A profile beside `--start-url` or `--sso-session` may only repeat its portal, or name none: for its other settings.
 * Throws a usage Failure.
 */
export function refuseOtherPortal(profile: Profile, options: PortalOptions, config: SharedConfig): void {
  const session = propertyOf(profile, "sso_session")?.value;
  const section = session === undefined ? profile : config.ssoSession(session);
  const startUrl = section === undefined ? undefined : propertyOf(section, "sso_start_url")?.value;
  const refuse = (option: string, own: string) => {
    throw new Failure("usage", `${option} contradicts --profile ${profile.name}, whose ${own}`, {
      hints: ["name the portal with one of the two"],
    });
  };
  const { ssoSession } = options;
  if (ssoSession !== undefined && (session ?? startUrl) !== undefined && ssoSession !== session) {
    const own = session === undefined ? `sso_start_url is ${startUrl}` : `sso_session is ${session}`;
    refuse(`--sso-session ${ssoSession}`, own);
  }
  const said = options.startUrl;
  if (said !== undefined && startUrl !== undefined && portalKey(said) !== portalKey(startUrl)) {
    refuse(`--start-url ${said}`, `sso_start_url is ${startUrl}`);
  }
}

function checkStartUrl(startUrl: string): void {
  const why = whyNoStartUrl(startUrl);
  if (why === undefined) return;
  throw new Failure("usage", `cannot use --start-url: ${why}`, {
    hints: ["it looks like https://d-1234567890.awsapps.com/start"],
  });
}
