import type { Environment } from "../types.ts";

/**
 * The environment with the names that the program uses: Windows ignores the case of names, so there all become upper case.
 * Pure.
 */
export function withKnownNames(env: Environment, platform: NodeJS.Platform): Environment {
  if (platform !== "win32") return env;
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]));
}
