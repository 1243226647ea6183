import type { Environment } from "./types.ts";

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
 * Of PATH only whole paths are kept: by any other, whoever wrote the working directory would name the program.
 */
export function inheritedEnvironment(env: Environment, platform: NodeJS.Platform): Record<string, string> {
  const cached: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase();
    if (value === undefined || LEFT_OUT.has(upper) || STEERING.test(upper)) continue;
    cached[name] = upper === "PATH" ? absoluteFolders(value, platform) : value;
  }
  return cached;
}

function absoluteFolders(path: string, platform: NodeJS.Platform): string {
  const [separator, isAbsolute] = platform === "win32" ? [";", /^"?(?:[A-Za-z]:[\\/]|\\\\)/] : [":", /^\//];
  return path
    .split(separator)
    .filter((folder) => isAbsolute.test(folder))
    .join(separator);
}
