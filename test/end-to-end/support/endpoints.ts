/** Credential endpoints of a scenario, seen from outside. */
import { SAMPLE_IDENTITY_CENTER } from "../../stand-in/sample-identity-center.ts";
import { SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import type { WorldPlan } from "../../stand-in/world/plan.ts";
import { processesOf } from "./processes.ts";
import type { Scene } from "./scene.ts";
import { until } from "./until.ts";

/** The process ids of the endpoints in the background that have this scenario's HOME (Linux). */
export async function endpointProcesses(scene: Pick<Scene, "home">): Promise<number[]> {
  const all = [...(await processesOf(scene))];
  return all.filter(([, line]) => line.includes("credential-endpoint-in-background")).map(([id]) => id);
}

/** Resolves to the milliseconds until none is left. */
export async function untilNoEndpoint(scene: Scene): Promise<number> {
  const began = performance.now();
  await until(async () => ((await endpointProcesses(scene)).length === 0 ? true : undefined));
  return performance.now() - began;
}

/** Temporary keys as the stand-in gives them out. */
export interface IssuedSet {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Milliseconds since the epoch. */
  readonly expiration?: number;
}

/** Those that the stand-in gives out from now on, in order. */
export function watchSets({ world }: Scene["standIn"]): readonly IssuedSet[] {
  const sets: IssuedSet[] = [];
  const remember = world.remember;
  world.remember = (session) => {
    remember(session);
    sets.push(session);
  };
  return sets;
}

/** Resolves when the portal has given out so many sets. */
export async function untilIssued({ standIn }: Pick<Scene, "standIn">, count: number): Promise<void> {
  const issued = () => standIn.requests.filter(({ action }) => action === "GetRoleCredentials").length;
  await until(async () => (issued() >= count ? true : undefined));
}

/** The sample world, in which the portal's role `ReadOnlyAccess` lives so many seconds. */
export function worldWithShortRoles(sessionDuration: number): WorldPlan {
  const [first, ...others] = SAMPLE_WORLD.identityCenters ?? [];
  if (first === undefined) throw new Error("there is no portal");
  const accounts = SAMPLE_IDENTITY_CENTER.accounts.map((account) => ({
    ...account,
    roles: account.roles.map((role) => ({ ...role, sessionDuration })),
  }));
  return { ...SAMPLE_WORLD, identityCenters: [{ ...first, accounts }, ...others] };
}
