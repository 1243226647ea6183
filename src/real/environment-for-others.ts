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

/** How the names begin of what steers the runtime of this program, its memory, and the loader of programs. */
const STEERING = /^(?:BUN|NODE|LD|DYLD|MALLOC|MIMALLOC)_|^GLIBC_TUNABLES$/;

/**
 * The environment for programs that are no business of AWS's, a browser say: without keys and tokens, without what
 * named the browser, and without what was meant for the runtime of this program. Names count in any case, as on Windows.
 */
export function environmentForOthers(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase();
    if (value !== undefined && !LEFT_OUT.has(upper) && !STEERING.test(upper)) kept[name] = value;
  }
  return kept;
}
