import { headerValue } from "../http/message.ts";
import type { Call } from "../service.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { roleSession } from "./assume-role.ts";
import type { Parameters, Rule } from "./constraints.ts";
import { credentialsElement, denied, invalid, type Outcome } from "./operation.ts";
import * as rules from "./rules.ts";

/** AssumeRoleWithWebIdentity, the one operation here without a signature. */
export const webIdentityRules: readonly Rule[] = [
  rules.roleArn,
  rules.roleSessionName,
  rules.roleDuration,
  rules.webIdentityToken,
  rules.policy,
  rules.policyArns,
];

/** The parameters satisfy the rules. A request that is signed all the same is refused, so that none goes unnoticed. */
export function assumeRoleWithWebIdentity(
  call: Call,
  parameters: Parameters,
  world: World,
): Outcome & { readonly caller?: string } {
  const signed = ["authorization", "x-amz-security-token"].find(
    (name) => headerValue(call.headers, name) !== undefined,
  );
  if (signed !== undefined) {
    return { problem: denied(`AssumeRoleWithWebIdentity takes no header ${signed}`) };
  }
  const identity = world.webIdentity(parameters.get("WebIdentityToken") ?? "");
  if (identity === undefined) {
    const message =
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
    return { problem: invalid(message, "InvalidIdentityToken") };
  }
  if (identity.expired === true) {
    const message = "Token expired: current date/time must be before the expiration date/time";
    return { problem: invalid(message, "ExpiredTokenException") };
  }
  const role = world.role(parameters.get("RoleArn") ?? "");
  if (role === undefined || !identity.roles.includes(role.arn)) {
    return { problem: denied("Not authorized to perform sts:AssumeRoleWithWebIdentity") };
  }
  const duration = Number(parameters.get("DurationSeconds") ?? 3600);
  if (duration > (role.maxSessionDuration ?? 3600)) {
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    return { problem: invalid(message) };
  }
  const session: Session = {
    ...roleSession(role, parameters.get("RoleSessionName") ?? "", world),
    expiration: world.now() + (identity.sessionDuration ?? duration) * 1000,
  };
  world.remember(session);
  return {
    caller: session.arn,
    result: [
      ["SubjectFromWebIdentityToken", "system:serviceaccount:default:tester"],
      ["Audience", "sts.amazonaws.com"],
      [
        "AssumedRoleUser",
        [
          ["AssumedRoleId", session.userId],
          ["Arn", session.arn],
        ],
      ],
      credentialsElement(session),
      ["Provider", `arn:${role.partition}:iam::${role.account}:oidc-provider/issuer.example`],
    ],
  };
}
