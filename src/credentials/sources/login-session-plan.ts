/** The source `login_session`. Pure. */
import { type Profile, propertyLocation, propertyOf } from "../../config/section.ts";
import type { LoginSource } from "./types.ts";

/** Undefined when the profile has no such session. */
export function loginSource(profile: Profile): LoginSource | undefined {
  const setting = propertyOf(profile, "login_session");
  if (setting === undefined) return undefined;
  const from = `profile ${profile.name} (${propertyLocation(setting)})`;
  return { kind: "login-session", from, profileName: profile.name, session: setting.value };
}
