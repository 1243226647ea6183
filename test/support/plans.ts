/** Parts of plans, for tests that vary one thing. */

import type { FederationTokenHop, RoleHop, SessionTokenHop } from "../../src/credentials/plan.ts";
import type { HopOptions } from "../../src/credentials/role-chain/plan-steps.ts";

export const jumpArn = "arn:aws:iam::111111111111:role/Jump";
export const deployArn = "arn:aws:iam::222222222222:role/team/Deploy";

export const noHops: HopOptions = { getSessionToken: false, getFederationToken: false };

export function roleHop(changed: Partial<RoleHop> = {}): RoleHop {
  return {
    kind: "role",
    roleArn: deployArn,
    roleSessionName: "aws-login",
    mfaSerial: undefined,
    from: "--assume-roles",
    ...changed,
  };
}

export const sessionHop: SessionTokenHop = {
  kind: "session-token",
  durationSeconds: undefined,
  mfaSerial: undefined,
};

export const federationHop: FederationTokenHop = {
  kind: "federation-token",
  name: "aws-login",
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  durationSeconds: undefined,
};

/** What a token file and a role in the environment make. */
export const webIdentityStart = {
  kind: "web-identity",
  from: "web identity of AWS_WEB_IDENTITY_TOKEN_FILE",
  roleArn: deployArn,
  roleSessionName: undefined,
  tokenFile: "/run/env-token",
  tokenSource: "AWS_WEB_IDENTITY_TOKEN_FILE",
} as const;
