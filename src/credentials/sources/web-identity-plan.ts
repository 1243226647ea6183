/** The source web identity: a role, and a token in a file by somebody whose word AWS takes for it. Pure. */
import type { Profile } from "../../config/section.ts";
import { fromProfile, fromVariable } from "../../config/setting.ts";
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";
import type { WebIdentitySource } from "./types.ts";

/**
 * Undefined when no token file is named. Each of the three values comes from the environment if it is there, else
 * from the profile, as botocore has it; the caller leaves the environment out where a profile was asked for. Throws a
 * Failure for a token file without a role.
 */
export function webIdentitySource(
  env: Environment,
  profile: Profile | undefined,
): WebIdentitySource | undefined {
  const read = (variable: string, key: string) => fromVariable(env, variable) ?? fromProfile(profile, key);
  const file = read("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (file === undefined) return undefined;
  const role = read("AWS_ROLE_ARN", "role_arn");
  if (role === undefined) {
    const inProfile = profile === undefined ? "" : `role_arn of profile ${profile.name}`;
    throw new Failure("failed", `cannot use the token of ${file.source}: no role is named`, {
      hints: [
        env.AWS_WEB_IDENTITY_TOKEN_FILE
          ? `set AWS_ROLE_ARN${inProfile && `, or ${inProfile}`}`
          : `set ${inProfile}`,
      ],
    });
  }
  return {
    kind: "web-identity",
    from: `web identity of ${file.source}`,
    roleArn: role.value,
    roleSessionName: read("AWS_ROLE_SESSION_NAME", "role_session_name")?.value,
    tokenFile: file.value,
    tokenSource: file.source,
  };
}
