/** The source `credential_process`. Pure. */
import type { Profile } from "../../config/profiles.ts";
import { place, settingOf } from "../../config/setting.ts";
import type { ProcessSource } from "./types.ts";

/** Undefined when the profile has no command. */
export function processSource(profile: Profile): ProcessSource | undefined {
  const setting = settingOf(profile, "credential_process");
  if (setting === undefined) return undefined;
  return {
    kind: "process",
    from: `profile ${profile.name} (${place(setting)})`,
    // A shell would take a continued line for the next command; to the AWS CLI its end is a blank.
    command: setting.value.replace(/\r?\n/g, " "),
    accountId: settingOf(profile, "aws_account_id")?.value,
  };
}
