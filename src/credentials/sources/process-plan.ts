/** The source `credential_process`. Pure. */
import { type Profile, propertyLocation, propertyOf } from "../../config/section.ts";
import type { ProcessSource } from "./types.ts";

/** Undefined when the profile has no command. */
export function processSource(profile: Profile): ProcessSource | undefined {
  const setting = propertyOf(profile, "credential_process");
  if (setting === undefined) return undefined;
  return {
    kind: "process",
    from: `profile ${profile.name} (${propertyLocation(setting)})`,
    // A shell would take a continued line for the next command; to the AWS CLI its end is a blank.
    command: setting.value.replace(/\r?\n/g, " "),
    accountId: propertyOf(profile, "aws_account_id")?.value,
  };
}
