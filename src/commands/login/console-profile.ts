/** Whether `login` signs in with console credentials, as `aws login` does, and in which profile. Pure. */
import type { Options } from "../../cli/option-record.ts";
import { chooseProfile } from "../../config/profile-choice.ts";
import type { SharedConfig } from "../../config/profiles.ts";
import { type Profile, propertyOf } from "../../config/section.ts";
import { sourceKeys } from "../../config/source-conflict.ts";
import { nearest } from "../../lib/suggest.ts";
import { obviousPortal } from "../../sso/obvious-portal.ts";
import type { System } from "../../system/types.ts";

/**
 * The name of the profile; undefined where an Identity Center portal is meant. A profile that `--profile` or `AWS_PROFILE`
 * names and that has a `login_session` is signed in to again. Otherwise console credentials are meant only where
 * `--profile` names a profile without any source, or where the config files name no portal.
 */
export function consoleProfile(
  options: Pick<Options, "profile" | "startUrl" | "ssoSession">,
  config: SharedConfig,
  { env, platform }: Pick<System, "env" | "platform">,
): string | undefined {
  if (options.startUrl !== undefined || options.ssoSession !== undefined) return undefined;
  const { name, source } = chooseProfile(options.profile, env);
  const profile = config.profile(name);
  const hasSession = profile !== undefined && propertyOf(profile, "login_session") !== undefined;
  if (hasSession && source !== "default") return name;
  if (options.profile !== undefined) return mayBeSignedInTo(name, profile, config) ? name : undefined;
  return obviousPortal(name, config, platform).kind === "none" ? name : undefined;
}

/** Whether the profile has no source. One that does not exist may be made, unless its name looks like a mistake. */
function mayBeSignedInTo(name: string, profile: Profile | undefined, config: SharedConfig): boolean {
  if (profile !== undefined) return !sourceKeys.some((key) => propertyOf(profile, key) !== undefined);
  const isMistake =
    config.misspelledHeader("profile", name) !== undefined ||
    config.credentialsLine(name) !== undefined ||
    nearest(name, config.profileNames()) !== undefined;
  return !isMistake;
}
