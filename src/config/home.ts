import type { Environment, System } from "../system/types.ts";

/**
 * The directory that `~` stands for: `HOME`, then `USERPROFILE`, then `HOMEDRIVE` with `HOMEPATH` (the order of the
 * AWS SDK specification, on every platform), then what the operating system says. Without a trailing separator.
 */
export async function homeDirectory(system: Pick<System, "env" | "home">): Promise<string | undefined> {
  const home = homeOfEnvironment(system.env);
  if (home !== undefined) return home;
  const own = await system.home();
  return own && withoutSeparator(own);
}

/** As far as the environment tells it. */
export function homeOfEnvironment(env: Environment): string | undefined {
  const home = env.HOME || env.USERPROFILE || (env.HOMEDRIVE && env.HOMEPATH && env.HOMEDRIVE + env.HOMEPATH);
  return home ? withoutSeparator(home) : undefined;
}

function withoutSeparator(home: string): string {
  return home.endsWith("/") || home.endsWith("\\") ? home.slice(0, -1) : home;
}

/**
 * A path as the AWS CLI reads it from a variable: `$NAME` and `${NAME}` are replaced when NAME is set, then a
 * leading `~` is the home directory. A `~` without a known home, and `~somebody`, stay as they are.
 */
export function expandPath(path: string, env: Environment, home: string | undefined): string {
  if (!path.includes("$") && !path.startsWith("~")) return path;
  const expanded = path.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
    return env[bare ?? braced ?? ""] ?? whole;
  });
  return home === undefined ? expanded : expanded.replace(/^~(?=$|[/\\])/, () => home);
}
