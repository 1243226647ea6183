/** The steps that profile and options ask for, checked against each other and against AWS's rules. Pure. */
import type { Partition } from "../../aws/endpoints/partitions.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import { CREDENTIAL_KINDS, type CredentialKind } from "../kinds.ts";
import { checkRole } from "./role-parameters.ts";
import { defaultSessionName } from "./session-name.ts";
import {
  kindAfter,
  longestChainedSeconds,
  type NamedRole,
  type RoleRequest,
  type RoleStep,
  type Step,
} from "./steps.ts";

/** The options that make and shape the steps. */
export interface RoleChainOptions {
  readonly getSessionToken: boolean;
  readonly getFederationToken: boolean;
  readonly roleSessionName?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly mfaSerial?: string;
  /** A command that prints the code of each device. */
  readonly mfaProcess?: string;
}

export interface StepPlanInput {
  /** The roles of the profile, which come first. */
  readonly profileRoles: readonly NamedRole[];
  /** The roles of `--assume-roles`, which come last. */
  readonly roles: readonly RoleRequest[];
  readonly options: RoleChainOptions;
  readonly sourceKind: CredentialKind;
  /** The partition whose managed policy a federated user gets. */
  readonly partition: Partition;
  /** `mfa_serial` of the profile that holds the source. */
  readonly profileMfaSerial: string | undefined;
  /** `mfa_process` of the same profile. */
  readonly profileMfaProcess?: string | undefined;
}

/**
 * All steps in order. An option applies to every step that does not have a value of its own. MFA applies to the first
 * step: the device of `--mfa-serial`, else that of the profile where the step is of the command line and the caller
 * has long-term keys, for no other caller can use MFA. Throws a Failure for a step that AWS refuses in any case.
 */
export function planSteps(input: StepPlanInput): readonly Step[] {
  const { profileRoles, roles, options } = input;
  const steps = [
    ...profileRoles.map((role) => withOptions(role, options)),
    ...exchangeSteps(options, input.partition),
    ...roles.map((role) => withOptions(commandLineRole(role), options)),
  ];
  const ofProfile = profileRoles.length === 0 && input.sourceKind === "long-term";
  const device: ProfileDevice = ofProfile
    ? { serial: input.profileMfaSerial, process: input.profileMfaProcess }
    : { serial: undefined, process: undefined };
  const planned = withMfa(steps, options.mfaSerial, device).map((step) => withProcess(step, options));
  checkSteps(planned, input.sourceKind);
  return planned;
}

function exchangeSteps(options: RoleChainOptions, partition: Partition): Step[] {
  const { duration: durationSeconds } = options;
  if (options.getSessionToken) return [{ kind: "session-token", durationSeconds, mfaSerial: undefined }];
  if (!options.getFederationToken) return [];
  return [
    {
      kind: "federation-token",
      name: federationName(options.roleSessionName ?? defaultSessionName),
      policyArn: `arn:${partition.id}:iam::aws:policy/AdministratorAccess`,
      durationSeconds,
    },
  ];
}

/** GetFederationToken takes 2 to 32 characters, half of what AssumeRole takes. */
function federationName(name: string): string {
  if (name.length <= 32) return name;
  throw new Failure(
    "usage",
    `cannot use --role-session-name with --get-federation-token: "${name}" is longer than 32 characters`,
    { hints: ["choose a shorter name"] },
  );
}

function commandLineRole(role: RoleRequest): NamedRole {
  return {
    kind: "role",
    ...role,
    mfaSerial: undefined,
    origin: "command-line",
    from: "--assume-roles",
  };
}

function withOptions(role: NamedRole, options: RoleChainOptions): RoleStep {
  const source = options.duration === undefined ? undefined : "--duration";
  return {
    ...role,
    roleSessionName: role.roleSessionName ?? options.roleSessionName ?? defaultSessionName,
    ...optional("externalId", role.externalId ?? options.externalId),
    ...optional("sourceIdentity", role.sourceIdentity ?? options.sourceIdentity),
    ...optional("durationSeconds", role.durationSeconds ?? options.duration),
    ...optional("durationSource", role.durationSeconds === undefined ? source : role.durationSource),
  };
}

interface ProfileDevice {
  readonly serial: string | undefined;
  readonly process: string | undefined;
}

/** `--mfa-process` gives the code of every device. */
function withProcess(step: Step, { mfaProcess }: RoleChainOptions): Step {
  if (mfaProcess === undefined || step.kind === "federation-token" || step.mfaSerial === undefined)
    return step;
  return { ...step, mfaProcess };
}

function withMfa(
  steps: readonly Step[],
  fromOption: string | undefined,
  ofProfile: ProfileDevice,
): readonly Step[] {
  const [first, ...rest] = steps;
  if (first === undefined) return steps;
  if (first.kind === "federation-token") {
    if (fromOption === undefined) return steps;
    throw new Failure(
      "usage",
      "--mfa-serial contradicts --get-federation-token: GetFederationToken takes no MFA code",
      { hints: ["use --get-session-token with --mfa-serial instead, or assume a role"] },
    );
  }
  const mfaSerial = fromOption ?? first.mfaSerial ?? ofProfile.serial;
  // A profile's command belongs to the device beside it.
  const { mfaProcess: own, ...others } = first;
  let mfaProcess = mfaSerial === first.mfaSerial ? own : undefined;
  if (mfaSerial === ofProfile.serial) mfaProcess ??= ofProfile.process;
  return [{ ...others, mfaSerial, ...optional("mfaProcess", mfaProcess) }, ...rest];
}

function checkSteps(steps: readonly Step[], sourceKind: CredentialKind): void {
  let caller = sourceKind;
  for (const step of steps) {
    if (step.kind !== "role" && caller !== "long-term") throw needsLongTermKeys(step.kind, caller);
    if (step.kind === "role") {
      checkRole(step);
      if (CREDENTIAL_KINDS[caller].isRoleSession) checkChainedDuration(step);
    }
    caller = kindAfter(caller, step);
  }
}

function checkChainedDuration({ durationSeconds = 0, durationSource, roleArn }: RoleStep): void {
  if (durationSeconds <= longestChainedSeconds) return;
  throw new Failure(
    "usage",
    `cannot ask for ${durationSeconds} seconds of ${roleArn}: a role assumed by a role lasts at most ${longestChainedSeconds}`,
    {
      hints: [
        durationSource === "--duration"
          ? `leave --duration out, or set it to ${longestChainedSeconds} or less`
          : `set ${durationSource ?? "the duration"} to ${longestChainedSeconds} or less`,
      ],
    },
  );
}

function needsLongTermKeys(kind: "session-token" | "federation-token", caller: CredentialKind): Failure {
  const option = kind === "session-token" ? "--get-session-token" : "--get-federation-token";
  const what = CREDENTIAL_KINDS[caller].isRoleSession
    ? "a role session"
    : "temporary credentials (they have a session token)";
  return new Failure(
    "failed",
    `cannot use ${option}: it needs the long-term keys of a user, and these are ${what}`,
    { hints: [`leave ${option} out: these credentials are temporary already`] },
  );
}
