import type { Environment } from "../system.ts";

const LEFT_OUT: ReadonlySet<string> = new Set([
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_BEARER_TOKEN_BEDROCK",
  // An opener such as xdg-open starts whatever BROWSER names, and would start itself for ever if that is its own name.
  "BROWSER",
]);

/**
 * The environment for programs that are no business of AWS's, a browser say: without keys and tokens, without what
 * named the browser, and without the variables that steer the runtime of this program (`BUN_…`). Names count in any case, as on Windows.
 */
export function environmentForOthers(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase();
    if (value !== undefined && !LEFT_OUT.has(upper) && !upper.startsWith("BUN_")) kept[name] = value;
  }
  return kept;
}
