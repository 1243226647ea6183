/** The source `credential_process`. Pure. */
import { type Profile, type Property, propertyLocation, propertyOf } from "../../config/section.ts";
import { optional } from "../../lib/optional.ts";
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
    ...optional("cutAt", cutAt(setting)),
    accountId: propertyOf(profile, "aws_account_id")?.value,
  };
}

/** A shell takes a # or ; in quotes for text; readers of these files end the value there. */
function cutAt(setting: Property): string | undefined {
  const { comment } = setting;
  if (comment === undefined) return undefined;
  return `the command ends before the ${comment.sign} in column ${comment.column} of ${propertyLocation(setting)}, where a comment begins, in quotes too`;
}
