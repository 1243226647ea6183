/** Parts of plans, for tests that vary one thing. */

import type { RoleChainOptions } from "../../src/credentials/role-chain/plan-steps.ts";
import type {
  FederationTokenStep,
  RoleStep,
  SessionTokenStep,
} from "../../src/credentials/role-chain/steps.ts";

export const jumpArn = "arn:aws:iam::111111111111:role/Jump";
export const deployArn = "arn:aws:iam::222222222222:role/team/Deploy";

export const noSteps: RoleChainOptions = { getSessionToken: false, getFederationToken: false };

export function roleStep(changed: Partial<RoleStep> = {}): RoleStep {
  return {
    kind: "role",
    roleArn: deployArn,
    roleSessionName: "aws-login",
    mfaSerial: undefined,
    origin: "command-line",
    from: "--assume-roles",
    ...changed,
  };
}

export const sessionStep: SessionTokenStep = {
  kind: "session-token",
  durationSeconds: undefined,
  mfaSerial: undefined,
};

export const federationStep: FederationTokenStep = {
  kind: "federation-token",
  name: "aws-login",
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  durationSeconds: undefined,
};

/** What a token file and a role in the environment make. */
export const webIdentitySource = {
  kind: "web-identity",
  from: "web identity of AWS_WEB_IDENTITY_TOKEN_FILE",
  roleArn: deployArn,
  roleSessionName: undefined,
  token: { kind: "file", path: "/run/env-token", source: "AWS_WEB_IDENTITY_TOKEN_FILE" },
} as const;
