/** The Identity Center settings of a profile or a session, checked. Pure. */
import { whyNoStartUrl } from "../aws/sso/start-url.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { regionAsWritten } from "../config/region.ts";
import {
  type Profile,
  type Property,
  propertyLocation,
  propertyOf,
  propertySource,
  type Section,
} from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import { nearest } from "../lib/suggest.ts";
import type { CliPortal } from "./portal-choice.ts";

/**
 * The portal of a profile, from its `sso_session` or from the profile itself. Throws a Failure when the profile has no
 * portal, or two that differ.
 */
export function portalOfProfile(profile: Profile, config: SharedConfig): CliPortal {
  const loginOption = `--profile ${shellWord(profile.name)}`;
  const session = propertyOf(profile, "sso_session");
  if (session !== undefined) {
    const named = `profile ${profile.name} (${propertyLocation(session)})`;
    const portal = sessionPortal(session.value, config, named, loginOption);
    refuseOther(profile, "sso_start_url", portal.startUrl, session.value);
    refuseOther(profile, "sso_region", portal.region, session.value);
    return portal;
  }
  const startUrl = propertyOf(profile, "sso_start_url");
  const region = propertyOf(profile, "sso_region");
  const first =
    startUrl ?? region ?? propertyOf(profile, "sso_account_id") ?? propertyOf(profile, "sso_role_name");
  if (first === undefined) {
    const source = propertyOf(profile, "source_profile")?.value;
    const hint =
      source === undefined || source === profile.name
        ? "add sso_session = NAME, and a section [sso-session NAME]"
        : `name the profile whose credentials it starts from: --profile ${shellWord(source)}`;
    throw new Failure("failed", `cannot use profile ${profile.name}: it names no Identity Center portal`, {
      hints: [hint],
    });
  }
  if (startUrl === undefined) throw lacking(profile, first, "sso_session, or sso_start_url");
  if (region === undefined) throw lacking(profile, first, "sso_region");
  return {
    kind: "cli",
    startUrl: checkedStartUrl(startUrl),
    region: regionOf(region),
    sessionName: undefined,
    scopes: undefined,
    loginOption,
  };
}

/** Whether the profile has a setting that names a portal. */
export function namesPortal(profile: Profile): boolean {
  return ["sso_session", "sso_start_url"].some((key) => propertyOf(profile, key) !== undefined);
}

/** The portal of an `[sso-session]` section. `named` says what asked for it, in a message. */
export function sessionPortal(
  name: string,
  config: SharedConfig,
  named: string,
  loginOption: string,
): CliPortal {
  const session = config.ssoSession(name);
  if (session === undefined) {
    throw new Failure(
      "failed",
      `cannot use ${named}: there is no section [sso-session ${name}] in ${config.paths.config}`,
      { hints: [missingSessionHint(name, config)] },
    );
  }
  const startUrl = required(session, "sso_start_url", named, config);
  const region = required(session, "sso_region", named, config);
  const scopes = (propertyOf(session, "sso_registration_scopes")?.value ?? "")
    .split(",")
    .map((scope) => scope.trim())
    .filter((scope) => scope !== "");
  return {
    kind: "cli",
    startUrl: checkedStartUrl(startUrl),
    region: regionOf(region),
    sessionName: name,
    scopes: scopes.length === 0 ? undefined : scopes,
    loginOption,
  };
}

function missingSessionHint(name: string, config: SharedConfig): string {
  const misspelled = config.misspelledHeader("sso-session", name);
  if (misspelled !== undefined) {
    return `line ${misspelled.line} of ${misspelled.file} must read ${misspelled.header}`;
  }
  const meant = nearest(name, config.ssoSessionNames());
  return meant === undefined
    ? "add it with sso_start_url and sso_region, or run: aws configure sso-session"
    : `did you mean ${meant}?`;
}

function required(session: Section, key: string, named: string, config: SharedConfig): Property {
  const setting = propertyOf(session, key);
  if (setting !== undefined) return setting;
  throw new Failure(
    "failed",
    `cannot use ${named}: the section [sso-session ${session.name}] in ${config.paths.config} has no ${key}`,
    { hints: [`add ${key} to the section [sso-session ${session.name}]`] },
  );
}

/** A profile may repeat what its session says, and may not say otherwise. */
function refuseOther(profile: Profile, key: string, own: string, session: string): void {
  const setting = propertyOf(profile, key);
  if (setting === undefined || setting.value === own) return;
  throw new Failure(
    "failed",
    `cannot use profile ${profile.name} (${propertyLocation(setting)}): its ${key} is not that of its sso_session ${session}`,
    { hints: [`remove ${key} from the profile: the section [sso-session ${session}] has it`] },
  );
}

/** The Failure for a profile that has `setting` and not `key`, which goes with it. */
export function lacking(profile: Profile, setting: Property, key: string): Failure {
  return new Failure(
    "failed",
    `cannot use profile ${profile.name} (${propertyLocation(setting)}): it names Identity Center and lacks ${key}`,
    {
      hints: [
        `add it, or write the profile anew with: aws configure sso --profile ${shellWord(profile.name)}`,
      ],
    },
  );
}

function checkedStartUrl(setting: Property): string {
  const why = whyNoStartUrl(setting.value);
  if (why === undefined) return setting.value;
  throw new Failure("failed", `cannot use the sso_start_url of ${propertyLocation(setting)}: ${why}`, {
    hints: ["it looks like https://d-1234567890.awsapps.com/start"],
  });
}

function regionOf(setting: Property): string {
  return regionAsWritten({ value: setting.value, source: propertySource("sso_region", setting) });
}
