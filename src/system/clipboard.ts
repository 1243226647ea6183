import { errorCode, Failure } from "../lib/errors.ts";
import { inheritedEnvironment } from "./processes/inherited-environment.ts";
import type { Environment } from "./types.ts";

/** The argument lists that may take text from stdin to the clipboard, best first. */
export function clipboardCommands(
  env: Environment,
  platform: NodeJS.Platform,
): readonly (readonly string[])[] {
  if (platform === "darwin") return [["pbcopy"]];
  if (platform === "win32") return [["clip.exe"]];
  const commands: string[][] = [];
  if (env.WAYLAND_DISPLAY) commands.push(["wl-copy"]);
  if (env.DISPLAY) commands.push(["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]);
  if (env.WSL_DISTRO_NAME || env.WSL_INTEROP) commands.push(["clip.exe"]);
  return commands;
}

/** Milliseconds for a program to take the text; a program that works needs a few. */
const timeout = 5_000;

/**
 * Puts the text on the clipboard through a program's stdin, which keeps it out of argument lists. Rejects with a Failure
 * when there is no such program, or none takes the text within `limit` milliseconds.
 */
export async function copyToClipboard(
  text: string,
  env: Environment,
  platform: NodeJS.Platform,
  limit = timeout,
): Promise<void> {
  const reasons: string[] = [];
  for (const argv of clipboardCommands(env, platform)) {
    const reason = await hand(text, argv, inheritedEnvironment(env, platform), limit);
    if (reason === undefined) return;
    reasons.push(reason);
  }
  throw noClipboard(reasons, platform);
}

/** Throws the Failure of `copyToClipboard()` when none of the programs exists. */
export function checkClipboard(env: Environment, platform: NodeJS.Platform): void {
  const commands = clipboardCommands(env, platform);
  // The programs of macOS and Windows belong to the system.
  if (platform !== "linux" && commands.length > 0) return;
  const { PATH = "" } = inheritedEnvironment(env, platform);
  const programs = commands.map(([program = ""]) => program);
  if (programs.some((program) => Bun.which(program, { PATH }) !== null)) return;
  throw noClipboard(
    programs.map((program) => `"${program}" was not found`),
    platform,
  );
}

function noClipboard(reasons: readonly string[], platform: NodeJS.Platform): Failure {
  const why = reasons.length > 0 ? reasons.join("; ") : "there is no graphical session";
  return new Failure("failed", `cannot copy to the clipboard: ${why}`, {
    hints: [
      platform === "linux" ? "install wl-clipboard, xclip or xsel, or leave out --copy" : "leave out --copy",
    ],
  });
}

/** Why the program did not take the text, or undefined when it did. xclip and wl-copy keep running in the background. */
async function hand(
  text: string,
  argv: readonly string[],
  env: Record<string, string>,
  limit: number,
): Promise<string | undefined> {
  const program = `"${argv[0] ?? ""}"`;
  try {
    const child = Bun.spawn([...argv], {
      env,
      stdio: [new Blob([text]), "ignore", "ignore"],
      timeout: limit,
      killSignal: "SIGKILL",
    });
    const status = await child.exited;
    if (child.signalCode === "SIGKILL")
      return `${program} was ended: it did not take the text within ${limit / 1000} s`;
    return status === 0 ? undefined : `${program} ended with status ${status}`;
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" ? `${program} was not found` : `${program} cannot be run (${code})`;
  }
}
