import type { Environment } from "./types.ts";

/** The environment under the names that the program asks for: Windows takes a name in any case, so there all are upper. Pure. */
export function withKnownNames(env: Environment, platform: NodeJS.Platform): Environment {
  if (platform !== "win32") return env;
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]));
}
