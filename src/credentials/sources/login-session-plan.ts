/** The source `login_session`. Pure. */
import type { Profile } from "../../config/profiles.ts";
import { place, settingOf } from "../../config/setting.ts";
import type { LoginSource } from "./types.ts";

/** Undefined when the profile has no such session. */
export function loginSource(profile: Profile): LoginSource | undefined {
  const setting = settingOf(profile, "login_session");
  if (setting === undefined) return undefined;
  const from = `profile ${profile.name} (${place(setting)})`;
  return { kind: "login-session", from, profileName: profile.name, session: setting.value };
}
