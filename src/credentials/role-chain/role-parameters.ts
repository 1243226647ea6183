/** A role step as the parameters of AssumeRole, and the values that AWS refuses in any case. Pure. */
import type { Parameter } from "../../aws/sts/sts-call.ts";
import { Failure, type FailureKind } from "../../lib/errors.ts";
import type { RoleStep } from "./steps.ts";

/** Lengths and characters as the service's model has them. */
const sessionName = /^[\w+=,.@-]{2,64}$/;
const externalId = /^[\w+=,.@:/-]{2,1224}$/;
const mfaSerial = /^[\w+=/:,.@-]{9,256}$/;

/** The parameters of a step that `checkRole` has passed. `mfaCode` belongs to the step's `mfaSerial`. */
export function roleParameters(step: RoleStep, mfaCode: string | undefined): Parameter[] {
  const parameters: Parameter[] = [
    ["RoleArn", step.roleArn],
    ["RoleSessionName", step.roleSessionName],
  ];
  if (step.durationSeconds !== undefined) parameters.push(["DurationSeconds", String(step.durationSeconds)]);
  if (step.externalId !== undefined) parameters.push(["ExternalId", step.externalId]);
  if (step.sourceIdentity !== undefined) parameters.push(["SourceIdentity", step.sourceIdentity]);
  if (step.policy !== undefined) parameters.push(["Policy", step.policy]);
  for (const [index, arn] of (step.policyArns ?? []).entries()) {
    parameters.push([`PolicyArns.member.${index + 1}.arn`, arn]);
  }
  for (const [index, tag] of (step.tags ?? []).entries()) {
    parameters.push([`Tags.member.${index + 1}.Key`, tag.key], [`Tags.member.${index + 1}.Value`, tag.value]);
  }
  for (const [index, key] of (step.transitiveTagKeys ?? []).entries()) {
    parameters.push([`TransitiveTagKeys.member.${index + 1}`, key]);
  }
  if (step.mfaSerial !== undefined && mfaCode !== undefined) {
    parameters.push(["SerialNumber", step.mfaSerial], ["TokenCode", mfaCode]);
  }
  return parameters;
}

/**
 * Throws a Failure for a parameter that AWS refuses in any case, of kind `usage` when the role is of the command line.
 * The ARN of a profile is left to AWS, as in every SDK; `parseRoleList` checks one of the command line.
 */
export function checkRole(step: RoleStep): void {
  const kindOfStep = step.origin === "command-line" ? "usage" : "failed";
  const refuse = (why: string, hints: readonly string[] = [], kind: FailureKind = kindOfStep): Failure =>
    new Failure(kind, `cannot assume ${step.roleArn} (${step.from}): ${why}`, { hints });
  if (!sessionName.test(step.roleSessionName)) {
    throw refuse(
      `the session name "${step.roleSessionName}" must be 2 to 64 of the characters A-Z a-z 0-9 _ + = , . @ -`,
    );
  }
  if (step.externalId !== undefined && !externalId.test(step.externalId)) {
    throw refuse("the external id must be 2 to 1,224 of the characters A-Z a-z 0-9 _ + = , . @ : / -");
  }
  if (step.sourceIdentity !== undefined && !sessionName.test(step.sourceIdentity)) {
    throw refuse("the source identity must be 2 to 64 of the characters A-Z a-z 0-9 _ + = , . @ -");
  }
  if (step.mfaSerial !== undefined && !mfaSerial.test(step.mfaSerial)) {
    throw refuse(
      "the MFA device must be named with 9 to 256 of the characters A-Z a-z 0-9 _ + = / : , . @ -",
    );
  }
  if (step.durationSeconds !== undefined && (step.durationSeconds < 900 || step.durationSeconds > 43_200)) {
    throw refuse(
      `a role session lasts 900 to 43200 seconds, not ${step.durationSeconds}`,
      step.durationSource === undefined ? [] : [`correct ${step.durationSource}`],
      step.durationSource === "--duration" ? "usage" : kindOfStep,
    );
  }
  if ((step.policyArns?.length ?? 0) > 10) throw refuse("at most 10 session policies may be named");
  if ((step.tags?.length ?? 0) > 50) throw refuse("at most 50 tags may be given");
}
