import { Failure } from "../../lib/errors.ts";
import { shellWords, windowsWords } from "../../lib/shell-words.ts";
import type { BrowserProfile, Environment } from "../types.ts";
import { commandWithin, ownCommandsWithin, urlWithin } from "./browser-profiles.ts";

/**
 * The argument lists that may show `url`, best first. `BROWSER` decides when it is set: commands separated by the
 * platform's path separator, each with `%s` where the URL goes, or else after the last word. No shell reads them. With
 * `profile` the page opens in that part of the browser. Throws a Failure when `BROWSER` cannot be split into words.
 */
export function browserCommands(
  url: string,
  env: Environment,
  platform: NodeJS.Platform,
  profile?: BrowserProfile,
): readonly (readonly string[])[] {
  const named = namedCommands(env.BROWSER ?? "", urlWithin(url, profile), platform);
  if (named.length > 0) return named.map((command) => commandWithin(command, profile));
  return profile === undefined ? ownCommands(url, env, platform) : ownCommandsWithin(url, profile, platform);
}

/** In double quotes a POSIX shell escapes these. */
const POSIX_ESCAPABLE = '"\\$`';

function posixWords(line: string): string[] | undefined {
  return shellWords(line, POSIX_ESCAPABLE)?.map(({ text }) => text);
}

function namedCommands(browser: string, url: string, platform: NodeJS.Platform): string[][] {
  const split = platform === "win32" ? windowsWords : posixWords;
  const commands: string[][] = [];
  for (const command of browser.split(platform === "win32" ? ";" : ":")) {
    const words = split(command);
    if (words === undefined) {
      throw new Failure("failed", "cannot open the browser: a quotation mark in BROWSER is not closed", {
        hints: ["name a program in BROWSER, or print the URL with --no-browser"],
      });
    }
    // Some users write `firefox %s &`; this program does not wait for the browser anyway.
    if (words.at(-1) === "&") words.pop();
    if (words.length === 0) continue;
    const placed = words.map((word) => word.replaceAll("%s", () => url));
    commands.push(words.some((word) => word.includes("%s")) ? placed : [...placed, url]);
  }
  return commands;
}

/** On Windows without cmd.exe, whose quoting of `&` in a URL differs from place to place. */
function ownCommands(url: string, env: Environment, platform: NodeJS.Platform): string[][] {
  if (platform === "darwin") return [["open", url]];
  if (platform === "win32") return [["rundll32.exe", "url.dll,FileProtocolHandler", url]];
  const opener = ["xdg-open", url];
  const inWindowsSubsystem = env.WSL_DISTRO_NAME !== undefined || env.WSL_INTEROP !== undefined;
  if (!inWindowsSubsystem) return [opener];
  return [["wslview", url], ["rundll32.exe", "url.dll,FileProtocolHandler", url], opener];
}
