/** The region for a program that is given credentials. Pure. */
import type { Environment } from "../system/types.ts";
import type { Identity } from "./resolve.ts";

/**
 * The region for both region variables; undefined where the program's own may stay. `--region` counts in any case; the
 * profile's region counts only where neither variable is set, because the program does not see the profile.
 */
export function wantedRegion(env: Environment, region: Identity["region"]): string | undefined {
  const isWanted = region?.source === "--region" || (!env.AWS_REGION && !env.AWS_DEFAULT_REGION);
  return isWanted ? region?.region : undefined;
}
