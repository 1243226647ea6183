/** The role of a profile as a step. Pure. */
import {
  type Profile,
  type Property,
  propertyLocation,
  propertyOf,
  propertySource,
} from "../../config/section.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import { sessionTags } from "./session-tags.ts";
import type { NamedRole } from "./steps.ts";

export interface ProfileRole {
  readonly step: NamedRole;
  /** File and line of `role_arn`. */
  readonly at: string;
  /** Lines for stderr. */
  readonly warnings: readonly string[];
}

/** The step for the profile's `role_arn`. Throws a Failure, which begins with `doing`, when there is none. */
export function profileRole(profile: Profile, doing: string): ProfileRole {
  const roleArn = propertyOf(profile, "role_arn");
  if (roleArn === undefined) {
    throw new Failure("failed", `${doing}: it has no role_arn`, {
      hints: ["add role_arn = ARN, the role to assume"],
    });
  }
  const duration = propertyOf(profile, "duration_seconds");
  const isSeconds = duration !== undefined && /^[+-]?\d+$/.test(duration.value);
  const at = propertyLocation(roleArn);
  return {
    at,
    step: {
      kind: "role",
      roleArn: roleArn.value,
      mfaSerial: propertyOf(profile, "mfa_serial")?.value,
      origin: "profile",
      from: `profile ${profile.name}, ${at}`,
      ...optional("roleSessionName", propertyOf(profile, "role_session_name")?.value),
      ...optional("mfaProcess", propertyOf(profile, "mfa_process")?.value),
      ...sessionTags(profile),
      ...optional("externalId", propertyOf(profile, "external_id")?.value),
      ...(isSeconds
        ? {
            durationSeconds: Number(duration.value),
            durationSource: propertySource("duration_seconds", duration),
          }
        : {}),
    },
    warnings: duration === undefined || isSeconds ? [] : [ignoredDuration(profile, duration)],
  };
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** The AWS CLI ignores a duration that is not a number, without a word. */
function ignoredDuration(profile: Profile, setting: Property): string {
  const [, count, unit = ""] = /^(\d{1,5}) *([hms])/i.exec(setting.value) ?? [];
  const seconds = count === undefined ? undefined : Number(count) * (unitSeconds[unit.toLowerCase()] ?? 1);
  const instead = seconds === undefined ? "" : `: write duration_seconds = ${seconds}`;
  return `aws-login: warning: the duration_seconds of profile ${profile.name} (${propertyLocation(setting)}) is ignored, for it is not a number of seconds${instead}`;
}
