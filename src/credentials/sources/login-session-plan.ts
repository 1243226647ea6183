/** The source `login_session`. Pure. */
import { type Profile, propertyLocation, propertyOf } from "../../config/section.ts";

/** `login_session`, what the AWS CLI's `aws login` leaves in a profile. */
export interface LoginSource {
  readonly kind: "login-session";
  /** "profile dev (…/config:12)". */
  readonly from: string;
  readonly profileName: string;
  /** The ARN of the principal that signed in, unchanged: the file's name is made of it. */
  readonly session: string;
}

/** Undefined when the profile has no such session. */
export function loginSource(profile: Profile): LoginSource | undefined {
  const setting = propertyOf(profile, "login_session");
  if (setting === undefined) return undefined;
  const from = `profile ${profile.name} (${propertyLocation(setting)})`;
  return { kind: "login-session", from, profileName: profile.name, session: setting.value };
}
