/** The decision where credentials come from and which steps follow, as data. */
import { partitionOfArn } from "../aws/endpoints/arn.ts";
import { type Partition, partitionOfRegion } from "../aws/endpoints/partitions.ts";
import { Failure, type SkippedSource } from "../lib/errors.ts";
import { type CredentialSource, kindOfSource } from "./credential-source.ts";
import type { ChainPlan } from "./default-chain.ts";
import type { Inputs } from "./inputs.ts";
import type { CredentialKind } from "./kinds.ts";
import { optionsWithoutEffect, withoutEffectWarning } from "./options-without-effect.ts";
import type { StepPlanInput } from "./role-chain/plan-steps.ts";
import { kindAfter, longestChainedSeconds, type Step } from "./role-chain/steps.ts";
import { environmentSource } from "./sources/environment.ts";

export type PlanInputs = Pick<
  Inputs,
  "request" | "env" | "config" | "choice" | "profile" | "region" | "roles"
>;

export interface CredentialPlan {
  readonly source: CredentialSource;
  /** Why each source before this one did not apply. */
  readonly skipped: readonly SkippedSource[];
  readonly steps: readonly Step[];
  /** To plan the steps again for a source whose credentials turn out to be of another kind; undefined without steps. */
  readonly stepInput: StepPlanInput | undefined;
  /** The kind of the final credentials, as far as it can be known before the source is asked. */
  readonly kind: CredentialKind;
  /** The partition of all hosts of the run; undefined where neither the source nor a role names it. */
  readonly partition: Partition | undefined;
  /** Lines for stderr. */
  readonly warnings: readonly string[];
}

/**
 * Pure: the only thing it waits for is code that few plans need. Throws a Failure, of kind `no-credentials` when no
 * source applies.
 */
export async function planCredentials(inputs: PlanInputs): Promise<CredentialPlan> {
  const { request, roles, region } = inputs;
  const chain = await planSource(inputs);
  const { source, skipped } = chain;
  if (source.kind === "sso-role" && request.ssoRegion !== undefined) {
    const { refuseOtherRegion } = await import("../sso/portal-choice.ts");
    refuseOtherRegion(source.portal, request.ssoRegion, source.from);
  }
  const sourceKind = kindOfSource(source);
  const partition =
    source.kind === "keys" && chain.roles.length === 0 && roles.length === 0
      ? undefined
      : commonPartition(source, [...chain.roles, ...roles]);
  const wantsSteps =
    chain.roles.length > 0 || roles.length > 0 || request.getSessionToken || request.getFederationToken;
  const stepInput: StepPlanInput | undefined = wantsSteps
    ? {
        profileRoles: chain.roles,
        roles,
        options: stepOptions(request),
        sourceKind,
        partition: partition ?? partitionOfRegion(region?.region ?? "us-east-1"),
        profileMfaSerial: chain.mfaSerial,
        profileMfaProcess: chain.mfaProcess,
      }
    : undefined;
  const steps =
    stepInput === undefined ? [] : (await import("./role-chain/plan-steps.ts")).planSteps(stepInput);
  const warnings = [...(chain.warnings ?? [])];
  // An SDK that runs this program hides its stderr, or shows it on every start of every program.
  const { profile } = inputs;
  const isHelper = request.credentialHelper && !request.verbose;
  if (chain.checkedSettings !== undefined && profile !== undefined && !isHelper) {
    const { profileFindings, unknownSettings } = await import("./profile-findings.ts");
    const findings = chain.checkedSettings === "all" ? profileFindings(profile) : unknownSettings(profile);
    for (const { message } of findings)
      warnings.push(`aws-login: warning: profile ${profile.name}: ${message}`);
  }
  for (const option of optionsWithoutEffect(source, steps, request))
    warnings.push(withoutEffectWarning(option));
  let kind = sourceKind;
  for (const step of steps) kind = kindAfter(kind, step);
  return { source, skipped, steps, stepInput, kind, partition, warnings };
}

/** `--duration` is that of the role of `--role-arn`, where there is one; roles on top of it last an hour at most. */
function stepOptions(request: PlanInputs["request"]): PlanInputs["request"] {
  if (request.roleArn === undefined || request.duration === undefined) return request;
  return { ...request, duration: Math.min(request.duration, longestChainedSeconds) };
}

async function planSource(inputs: PlanInputs): Promise<ChainPlan> {
  if (inputs.request.certificate !== undefined) {
    const { rolesAnywhereSource } = await import("./sources/rolesanywhere.ts");
    const source = rolesAnywhereSource(inputs.request);
    if (source !== undefined) return { source, roles: [], skipped: [] };
  }
  if (inputs.request.webIdentityToken !== undefined) {
    const { webIdentityOfOptions } = await import("./sources/web-identity-option.ts");
    const source = webIdentityOfOptions(inputs.request, inputs.env);
    if (source !== undefined) return { source, roles: [], skipped: [] };
  }
  const { ssoAcctId: accountId, ssoRoleName: roleName } = inputs.request;
  if (accountId !== undefined && roleName !== undefined) {
    const { ssoSourceOfOptions } = await import("./sources/sso.ts");
    return { source: ssoSourceOfOptions({ accountId, roleName }, inputs), roles: [], skipped: [] };
  }
  const keys = environmentSource(inputs.choice, inputs.env);
  if (keys !== undefined) return { source: keys, roles: [], skipped: [] };
  try {
    return (await import("./default-chain.ts")).planSource(inputs);
  } catch (error) {
    throw error instanceof Failure ? await withUnknownSettings(error, inputs) : error;
  }
}

/** A setting of the profile whose name is not known may be the missing one: the Failure gets a note for each. */
async function withUnknownSettings(failure: Failure, { profile }: PlanInputs): Promise<Failure> {
  if (profile === undefined) return failure;
  const { unknownSettings } = await import("./profile-findings.ts");
  const notes = unknownSettings(profile).map(({ message }) => `profile ${profile.name}: ${message}`);
  if (notes.length === 0) return failure;
  const { kind, message, hints } = failure;
  return new Failure(kind, message, {
    notes: [...failure.notes, ...notes],
    skipped: failure.skipped,
    hints,
    cause: failure,
  });
}

/**
 * The partition of the source and of every role: each is a cloud of its own, and keys of one must not be sent to
 * another. Throws a Failure where they differ.
 */
function commonPartition(
  source: CredentialSource,
  roles: readonly { readonly roleArn: string }[],
): Partition | undefined {
  let common = partitionOfSource(source);
  let whose = `the credentials of ${source.from}`;
  for (const { roleArn } of roles) {
    const partition = partitionOfArn(roleArn);
    if (common !== undefined && partition !== undefined && partition !== common) {
      throw new Failure(
        "failed",
        `cannot assume role ${roleArn}: it belongs to the partition ${partition.id}, and ${whose} to ${common.id}`,
        { hints: [`assume roles of the partition ${common.id}, or use credentials of ${partition.id}`] },
      );
    }
    if (common === undefined && partition !== undefined) whose = roleArn;
    common ??= partition;
  }
  return common;
}

/** Undefined where the source does not name it before it is asked. */
function partitionOfSource(source: CredentialSource): Partition | undefined {
  switch (source.kind) {
    case "sso-role":
      return source.partition;
    case "web-identity":
    case "rolesanywhere":
      return partitionOfArn(source.roleArn);
    case "login-session":
      return partitionOfArn(source.session);
    default:
      return undefined;
  }
}
