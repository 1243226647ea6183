import type { Environment } from "../types.ts";

const LEFT_OUT: ReadonlySet<string> = new Set([
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_BEARER_TOKEN_BEDROCK",
  // An opener such as xdg-open starts the program that BROWSER names, and would start itself for ever if that is itself.
  "BROWSER",
]);

/** Names of variables that configure this program's runtime, its memory allocator, and the loader of programs. */
const RUNTIME_VARIABLES = /^(?:BUN|NODE|LD|DYLD|MALLOC|MIMALLOC)_|^GLIBC_TUNABLES$/;

/**
 * The environment for programs that need no AWS identity, such as a browser: without keys and tokens, without BROWSER,
 * and without the variables of this program's runtime. Names count in any case, as on Windows. PATH keeps its absolute
 * folders only: with a relative one, a file in the working directory could run in the program's place. Pure.
 */
export function inheritedEnvironment(env: Environment, platform: NodeJS.Platform): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase();
    if (value === undefined || LEFT_OUT.has(upper) || RUNTIME_VARIABLES.test(upper)) continue;
    inherited[name] = upper === "PATH" ? absoluteFolders(value, platform) : value;
  }
  return inherited;
}

function absoluteFolders(path: string, platform: NodeJS.Platform): string {
  const [separator, isAbsolute] = platform === "win32" ? [";", /^"?(?:[A-Za-z]:[\\/]|\\\\)/] : [":", /^\//];
  return path
    .split(separator)
    .filter((folder) => isAbsolute.test(folder))
    .join(separator);
}
