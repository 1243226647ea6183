import { isTemporary, type Session } from "../world/session.ts";
import { type Role, rootArn, type World } from "../world/world.ts";
import { checkMfa } from "./mfa.ts";
import {
  credentialsElement,
  denied,
  type Input,
  invalid,
  notAuthorized,
  type Operation,
  type Outcome,
  type Problem,
} from "./operation.ts";
import * as rules from "./rules.ts";
import { checkPolicies } from "./session-policy.ts";
import { checkTags } from "./session-tags.ts";
import type { Element } from "./xml.ts";

/** Seconds; both the default and what a session may ask for when its caller is temporary itself. */
const ONE_HOUR = 3600;

export const assumeRole: Operation = {
  rules: [
    rules.roleArn,
    rules.roleSessionName,
    rules.roleDuration,
    rules.externalId,
    rules.sourceIdentity,
    rules.serialNumber,
    rules.tokenCode,
    rules.policy,
    rules.policyArns,
    rules.tags,
    rules.transitiveTagKeys,
  ],
  issues: true,
  perform,
};

function perform({ parameters, caller }: Input, world: World): Outcome {
  const arn = parameters.get("RoleArn") ?? "";
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn))
    return { problem: invalid(`${arn} is invalid`) };
  if (caller.kind === "root") return { problem: denied("Roles may not be assumed by root accounts.") };

  const presented = checkMfa(parameters, caller, world);
  if ("problem" in presented) return presented;
  const role = world.role(arn);
  const admitted =
    role !== undefined &&
    caller.kind !== "federated" &&
    role.trusts.some((trusted) => trusted === "*" || caller.principals.includes(trusted)) &&
    (role.externalId === undefined || role.externalId === parameters.get("ExternalId")) &&
    (role.requiresMfa !== true || presented.mfa || caller.mfa);
  if (!admitted) return { problem: notAuthorized(caller, "sts:AssumeRole", arn) };

  const identity = sourceIdentity(parameters.get("SourceIdentity"), caller, role);
  if ("problem" in identity) return identity;
  const duration = Number(parameters.get("DurationSeconds") ?? ONE_HOUR);
  const tooLong = durationProblem(duration, caller, role);
  if (tooLong !== undefined) return { problem: tooLong };
  const policies = checkPolicies(parameters, caller);
  if ("problem" in policies) return policies;
  const tags = checkTags(parameters, caller);
  if ("problem" in tags) return tags;

  const session: Session = {
    ...roleSession(role, parameters.get("RoleSessionName") ?? "", world),
    kind: isTemporary(caller) ? "chained-role" : "role",
    expiration: world.now() + duration * 1000,
    transitiveTags: tags.transitive,
    ...(identity.value === undefined ? {} : { sourceIdentity: identity.value }),
  };
  world.remember(session);
  const source: Element[] = identity.value === undefined ? [] : [["SourceIdentity", identity.value]];
  return {
    result: [
      [
        "AssumedRoleUser",
        [
          ["AssumedRoleId", session.userId],
          ["Arn", session.arn],
        ],
      ],
      credentialsElement(session),
      ...policies.packed.elements,
      ...source,
    ],
  };
}

/** New keys for a session of `role`; the caller decides on kind and expiry, and has the world remember it. */
export function roleSession(role: Role, name: string, world: World): Session {
  const arn = `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${name}`;
  return {
    ...world.keys.temporary(),
    kind: "role",
    partition: role.partition,
    account: role.account,
    arn,
    userId: `${role.id}:${name}`,
    active: true,
    principals: [arn, role.arn, rootArn(role.partition, role.account)],
    mfaDevices: [],
    mfa: false,
    transitiveTags: new Map(),
  };
}

function sourceIdentity(
  sent: string | undefined,
  caller: Session,
  role: Role,
): { readonly value: string | undefined } | { readonly problem: Problem } {
  if (sent === undefined) return { value: caller.sourceIdentity };
  if (sent.startsWith("aws:")) {
    return { problem: invalid("SourceIdentity can not begin with prefix 'aws:'.") };
  }
  const changed = caller.sourceIdentity !== undefined && caller.sourceIdentity !== sent;
  if (changed || role.sourceIdentity === "denied") {
    return { problem: notAuthorized(caller, "sts:SetSourceIdentity", role.arn) };
  }
  return { value: sent };
}

function durationProblem(duration: number, caller: Session, role: Role): Problem | undefined {
  if (isTemporary(caller) && duration > ONE_HOUR) {
    return invalid(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  if (duration > (role.maxSessionDuration ?? ONE_HOUR)) {
    return invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  return undefined;
}
