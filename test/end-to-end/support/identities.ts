/** The sample world's identities as the program gets them and as it shows them. */
import { SAMPLE_KEYS } from "../../stand-in/sample-world.ts";
import type { StandIn } from "../../stand-in/stand-in.ts";
import type { SigningKeys } from "../../stand-in/support/sign.ts";

/** The environment variables for keys. */
export function keyVariables(keys: SigningKeys): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
  };
}

/** The user ana's long-term keys, in the environment. */
export const ANA = keyVariables(SAMPLE_KEYS.ana);

/** The lines of a profile for the same keys. */
export function keyLines(keys: SigningKeys): string {
  return `aws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
}

/** The answer of `getcallerid` for a role's session. */
export function callerOf(standIn: StandIn, roleArn: string, session = "aws-login"): string {
  const role = standIn.world.role(roleArn);
  if (role === undefined) throw new Error(`no role ${roleArn}`);
  const arn = `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${session}`;
  return callerText(`${role.id}:${session}`, role.account, arn);
}

/** The answer of `getcallerid` for a user. */
export function callerText(userId: string, account: string, arn: string): string {
  return `{\n    "UserId": "${userId}",\n    "Account": "${account}",\n    "Arn": "${arn}"\n}\n`;
}
