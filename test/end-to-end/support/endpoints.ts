/** Credential endpoints of a scenario, seen from outside. */
import { readdir, readFile } from "node:fs/promises";
import { SAMPLE_IDENTITY_CENTER } from "../../stand-in/sample-identity-center.ts";
import { SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import type { WorldPlan } from "../../stand-in/world/plan.ts";
import type { Scene } from "./scene.ts";
import { until } from "./until.ts";

/** The process ids of the endpoints in the background that have this scenario's HOME (Linux). */
export async function endpointProcesses({ home }: Pick<Scene, "home">): Promise<number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const text = (path: string) => readFile(path, "utf8").catch(() => "");
  const found: number[] = [];
  for (const id of ids) {
    if (!(await text(`/proc/${id}/cmdline`)).includes("credential-endpoint-in-background")) continue;
    if ((await text(`/proc/${id}/environ`)).split("\0").includes(`HOME=${home}`)) found.push(Number(id));
  }
  return found;
}

/** Resolves to the milliseconds until none is left. */
export async function untilNoEndpoint(scene: Scene): Promise<number> {
  const began = performance.now();
  await until(async () => ((await endpointProcesses(scene)).length === 0 ? true : undefined));
  return performance.now() - began;
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
