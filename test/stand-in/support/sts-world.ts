import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_WORLD } from "../sample-world.ts";
import type { WorldPlan } from "../world/plan.ts";
import { createWorld, type World } from "../world/world.ts";
import { askSts, keysOf, type StsReply } from "./ask.ts";
import { testClock } from "./clock.ts";
import type { SigningKeys } from "./sign.ts";

/** The sample world with a root user, and short ways to ask its STS. */

export const ROOT_KEY = { accessKeyId: "AKIAROOTROOTROOTROO2", secretAccessKey: "root" };
export const PLAN: WorldPlan = { ...SAMPLE_WORLD, roots: [{ account: "111111111111", keys: [ROOT_KEY] }] };

export function newWorld(clock = testClock()): World {
  return createWorld(PLAN, clock.now, "test");
}

export function assume(
  world: World,
  RoleArn: string,
  keys: SigningKeys = SAMPLE_KEYS.ana,
  extra: Record<string, string> = {},
): StsReply {
  return askSts(world, { Action: "AssumeRole", RoleArn, RoleSessionName: "tester", ...extra }, { keys });
}

export function sessionToken(world: World, extra: Record<string, string> = {}): Required<SigningKeys> {
  return keysOf(askSts(world, { Action: "GetSessionToken", ...extra }));
}

export function federationToken(world: World, extra: Record<string, string> = {}): Required<SigningKeys> {
  return keysOf(askSts(world, { Action: "GetFederationToken", Name: "visitor", ...extra }));
}

export function code(world: World): string {
  return world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
}

export const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
