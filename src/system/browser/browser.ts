import { errorCode, Failure } from "../../lib/errors.ts";
import { inheritedEnvironment } from "../processes/inherited-environment.ts";
import type { BrowserProfile, Environment } from "../types.ts";
import { browserCommands } from "./browser-commands.ts";

/** Milliseconds after which a program that still runs counts as started: an opener that fails ends sooner. */
const START_TIMEOUT = 2000;

interface Opening {
  readonly profile?: BrowserProfile | undefined;
  /** For how long a program that goes on is watched. */
  readonly timeoutMilliseconds?: number;
}

/**
 * Starts a program that shows `url`, the first that works. Resolves when it has ended well, or has run for a while: a
 * browser started directly stays until the person closes it, and outlives this program. Rejects with a Failure
 * when every program is missing or ends early with an error.
 */
export async function openBrowser(
  url: string,
  env: Environment,
  platform: NodeJS.Platform,
  { profile, timeoutMilliseconds = START_TIMEOUT }: Opening = {},
): Promise<void> {
  const reasons: string[] = [];
  for (const argv of browserCommands(url, env, platform, profile)) {
    const reason = await start(argv, inheritedEnvironment(env, platform), timeoutMilliseconds);
    if (reason === undefined) return;
    reasons.push(reason);
  }
  throw new Failure("failed", `cannot open the browser: ${reasons.join("; ")}`, {
    hints: ["name a program in BROWSER, or print the URL with --no-browser"],
  });
}

/** Why the program failed, or undefined when it runs. The reason leaves its arguments out, because they hold the URL. */
async function start(
  argv: readonly string[],
  env: Record<string, string>,
  timeoutMilliseconds: number,
): Promise<string | undefined> {
  const program = `"${argv[0] ?? ""}"`;
  const stillRunning = Promise.withResolvers<number>();
  const timer = setTimeout(() => stillRunning.resolve(0), timeoutMilliseconds);
  try {
    const child = Bun.spawn([...argv], { env, stdio: ["ignore", "ignore", "ignore"], detached: true });
    child.unref();
    const status = await Promise.race([child.exited, stillRunning.promise]);
    return status === 0 ? undefined : `${program} ended with status ${status}`;
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" ? `${program} was not found` : `${program} cannot be run (${code})`;
  } finally {
    clearTimeout(timer);
  }
}
