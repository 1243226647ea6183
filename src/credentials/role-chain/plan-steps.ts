/** The exchanges that the options ask for, checked against each other and against AWS's rules before any call. */
import type { Partition } from "../../aws/endpoints/partitions.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import {
  type CredentialKind,
  defaultSessionName,
  isRoleSession,
  kindAfter,
  type RoleStep,
  type Step,
} from "../plan.ts";
import type { RoleRequest } from "./role-list.ts";
import { checkRole } from "./role-parameters.ts";

/** The options that make and shape hops. */
export interface RoleChainOptions {
  readonly getSessionToken: boolean;
  readonly getFederationToken: boolean;
  readonly roleSessionName?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly mfaSerial?: string;
}

/** A role chain is given at most this many seconds, whatever the role itself allows. */
const chainedSeconds = 3600;

/**
 * All hops in order: the roles of the starting profile, then the token exchange, then the roles of the list.
 * What an option says holds for every hop that does not say otherwise; MFA goes with the first hop, and is refused where
 * that is a federation token. `partition` is the one whose managed policy a federated user gets. Throws a Failure for
 * what AWS would refuse in any case.
 */
export function planSteps(
  profileRoles: readonly RoleStep[],
  roles: readonly RoleRequest[],
  options: RoleChainOptions,
  kindOfSource: CredentialKind,
  partition: Partition,
): Step[] {
  const steps: Step[] = profileRoles.map((role) => withOptions(role, options));
  if (options.getSessionToken) {
    steps.push({ kind: "session-token", durationSeconds: options.duration, mfaSerial: undefined });
  }
  if (options.getFederationToken) {
    steps.push({
      kind: "federation-token",
      name: federationName(options.roleSessionName ?? defaultSessionName),
      policyArn: `arn:${partition.id}:iam::aws:policy/AdministratorAccess`,
      durationSeconds: options.duration,
    });
  }
  for (const role of roles) {
    steps.push(
      withOptions(
        {
          kind: "role",
          ...role,
          roleSessionName: role.roleSessionName ?? "",
          mfaSerial: undefined,
          from: "--assume-roles",
        },
        options,
      ),
    );
  }
  const [first, ...rest] = steps;
  if (options.mfaSerial !== undefined && first !== undefined) {
    if (first.kind === "federation-token") {
      throw new Failure(
        "usage",
        "--mfa-serial does not go with --get-federation-token: GetFederationToken takes no MFA code",
        {
          hints: ["use --get-session-token with --mfa-serial instead, or assume a role"],
        },
      );
    }
    steps.splice(0, steps.length, { ...first, mfaSerial: options.mfaSerial }, ...rest);
  }
  checkSteps(steps, kindOfSource, options.duration);
  return steps;
}

/** GetFederationToken takes half of what AssumeRole does: 2 to 32 characters. */
function federationName(name: string): string {
  if (name.length <= 32) return name;
  throw new Failure(
    "usage",
    `cannot use --role-session-name with --get-federation-token: "${name}" is longer than 32 characters`,
    {
      hints: ["choose a shorter name"],
    },
  );
}

function withOptions(role: RoleStep, options: RoleChainOptions): RoleStep {
  return {
    ...role,
    roleSessionName: role.roleSessionName || options.roleSessionName || defaultSessionName,
    ...optional("externalId", role.externalId ?? options.externalId),
    ...optional("sourceIdentity", role.sourceIdentity ?? options.sourceIdentity),
    ...optional("durationSeconds", role.durationSeconds ?? options.duration),
  };
}

/**
 * Throws a Failure for a hop that AWS would refuse in any case to whoever holds credentials of the kind before it.
 * `asked` are the seconds of `--duration`.
 */
export function checkSteps(
  steps: readonly Step[],
  kindOfSource: CredentialKind,
  asked: number | undefined,
): void {
  let caller = kindOfSource;
  for (const step of steps) {
    if (step.kind === "role") checkRole(step);
    if (step.kind !== "role" && caller !== "long-term") throw needsLongTermKeys(step.kind, caller);
    if (step.kind === "role" && (step.durationSeconds ?? 0) > chainedSeconds && isRoleSession(caller)) {
      throw new Failure(
        "usage",
        `cannot ask for ${step.durationSeconds} seconds of ${step.roleArn}: a role assumed by a role lasts at most ${chainedSeconds}`,
        {
          hints: [
            step.durationSeconds === asked
              ? "leave --duration out, or set it to 3600 or less"
              : "set it to 3600 or less: DurationSeconds in a list, duration_seconds in a profile",
          ],
        },
      );
    }
    caller = kindAfter(caller, step);
  }
}

function needsLongTermKeys(kind: "session-token" | "federation-token", caller: CredentialKind): Failure {
  const option = kind === "session-token" ? "--get-session-token" : "--get-federation-token";
  const what = isRoleSession(caller) ? "a role session" : "temporary credentials (they have a session token)";
  return new Failure(
    "failed",
    `cannot use ${option}: it needs the long-term keys of a user, and these are ${what}`,
    {
      hints: [`leave ${option} out: these credentials are temporary already`],
    },
  );
}
