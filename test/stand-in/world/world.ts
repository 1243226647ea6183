import type { PartitionId } from "../partitions.ts";
import { createIdentityCenter, type IdentityCenter } from "./identity-center.ts";
import { createKeyMaker, type KeyMaker, uniqueId } from "./keys.ts";
import { MFA_WINDOW, mfaCode } from "./mfa.ts";
import type {
  ActionsPlan,
  ContainerPlan,
  LoginPlan,
  TrustAnchorPlan,
  WebIdentityPlan,
} from "./outside-plan.ts";
import type { InstancePlan, MfaDevicePlan, RolePlan, RootPlan, UserPlan, WorldPlan } from "./plan.ts";
import type { Session } from "./session.ts";

export interface Role extends RolePlan {
  readonly partition: PartitionId;
  readonly id: string;
  readonly arn: string;
}

/** A sign-in token that was given out. */
export interface SigninGrant {
  readonly session: Session;
  readonly partition: PartitionId;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** Seconds; absent when the console session lives as long as the credentials. */
  readonly sessionDuration?: number;
}

/** A code of an `aws login` sign-in, and what its exchange must match. */
export interface LoginCodeGrant {
  readonly user: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** SHA-256 of the verifier in base64url. */
  readonly challenge: string;
  /** Milliseconds since the epoch. */
  readonly ends: number;
}

/** The state of the AWS that the stand-in plays: who exists, which keys are out, what time it is. */
export interface World {
  /** Milliseconds since the epoch, by the servers' clock. */
  now(): number;
  readonly keys: KeyMaker;
  readonly disabledRegions: readonly string[];
  /** May be replaced while the stand-in runs. */
  instance: InstancePlan | undefined;
  readonly identityCenter: IdentityCenter;
  readonly signinGrants: Map<string, SigninGrant>;
  /** Metadata tokens and when they end, in milliseconds since the epoch. */
  readonly metadataTokens: Map<string, number>;
  /** The credentials that instance metadata last gave out. */
  instanceSession: Session | undefined;
  /** May be replaced while the stand-in runs. */
  container: ContainerPlan | undefined;
  actions: ActionsPlan | undefined;
  readonly trustAnchors: readonly TrustAnchorPlan[];
  /** The sign-ins that can be renewed, by refresh token. */
  readonly logins: Map<string, LoginPlan>;
  /** The codes of `aws login` sign-ins that are under way. */
  readonly loginCodes: Map<string, LoginCodeGrant>;
  /** The ARN of the user whose browser is signed in to the console: the first one. */
  readonly consoleUser: string | undefined;
  /** The ids of DPoP proofs that have come. */
  readonly spentProofs: Set<string>;
  webIdentity(token: string): WebIdentityPlan | undefined;
  role(arn: string): Role | undefined;
  /** A session with long-term keys of the user with this ARN. */
  userSession(arn: string): Session | undefined;
  session(accessKeyId: string): Session | undefined;
  remember(session: Session): void;
  /** The code that a device shows now. */
  mfaCode(serialNumber: string): string | undefined;
  /** Takes a code of the present window or a neighbour, each window's code once. */
  spendMfaCode(device: MfaDevicePlan, code: string): boolean;
}

export function createWorld(plan: WorldPlan, now: () => number, seed: string): World {
  const users = plan.users ?? [];
  const roots = plan.roots ?? [];
  const roles = new Map((plan.roles ?? []).map(toRole).map((role) => [role.arn, role]));
  const longTerm = [...users.flatMap(userSessions), ...roots.flatMap(rootSessions)];
  const sessions = new Map(longTerm.map((session) => [session.accessKeyId, session]));
  const devices = [...users, ...roots].flatMap((owner) => owner.mfaDevices ?? []);
  const lastSpent = new Map<string, number>();

  return {
    now,
    keys: createKeyMaker(seed),
    disabledRegions: plan.disabledRegions ?? [],
    instance: plan.instance,
    identityCenter: createIdentityCenter(plan.identityCenters ?? [], now),
    signinGrants: new Map(),
    metadataTokens: new Map(),
    instanceSession: undefined,
    container: plan.container,
    actions: plan.actions,
    trustAnchors: plan.trustAnchors ?? [],
    logins: new Map((plan.logins ?? []).map((login) => [login.refreshToken, login])),
    loginCodes: new Map(),
    consoleUser: longTerm[0]?.arn,
    spentProofs: new Set(),
    webIdentity: (token) => plan.webIdentities?.find((identity) => identity.token === token),
    userSession: (arn) => longTerm.find((session) => session.arn === arn),
    role: (arn) => roles.get(arn),
    session: (accessKeyId) => sessions.get(accessKeyId),
    remember: (session) => {
      sessions.set(session.accessKeyId, session);
    },
    mfaCode(serialNumber) {
      const device = devices.find((candidate) => candidate.serialNumber === serialNumber);
      return device && mfaCode(device.seed, Math.floor(now() / MFA_WINDOW));
    },
    spendMfaCode(device, code) {
      const present = Math.floor(now() / MFA_WINDOW);
      const spent = lastSpent.get(device.serialNumber) ?? -1;
      const step = [present - 1, present, present + 1].find(
        (candidate) => candidate > spent && mfaCode(device.seed, candidate) === code,
      );
      if (step === undefined) return false;
      lastSpent.set(device.serialNumber, step);
      return true;
    },
  };
}

function toRole(plan: RolePlan): Role {
  const partition = plan.partition ?? "aws";
  const arn = `arn:${partition}:iam::${plan.account}:role${plan.path ?? "/"}${plan.name}`;
  return { ...plan, partition, arn, id: plan.id ?? uniqueId("AROA", arn) };
}

function userSessions(user: UserPlan): Session[] {
  const arn = `arn:${user.partition ?? "aws"}:iam::${user.account}:user${user.path ?? "/"}${user.name}`;
  return longTermSessions(user, "user", arn, uniqueId("AIDA", arn));
}

function rootSessions(root: RootPlan): Session[] {
  return longTermSessions(root, "root", rootArn(root.partition ?? "aws", root.account), root.account);
}

function longTermSessions(owner: RootPlan, kind: "user" | "root", arn: string, userId: string): Session[] {
  const partition = owner.partition ?? "aws";
  return owner.keys.map((key) => ({
    kind,
    partition,
    account: owner.account,
    arn,
    userId,
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    active: key.active ?? true,
    principals: [arn, rootArn(partition, owner.account)],
    mfaDevices: owner.mfaDevices ?? [],
    mfa: false,
    transitiveTags: new Map(),
  }));
}

/** The ARN of an account itself, by which a trust policy admits everyone in it. */
export function rootArn(partition: PartitionId, account: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
