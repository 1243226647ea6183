/** The argument lists that open a URL in a part of a browser. Pure. */
import type { BrowserProfile } from "../types.ts";

/**
 * What the browser gets in the place of the URL. The extension "Open external links in a container" handles this scheme.
 */
export function urlWithin(url: string, profile: BrowserProfile | undefined): string {
  if (profile?.kind !== "firefox-container") return url;
  return `ext+container:name=${encodeURIComponent(profile.name)}&url=${encodeURIComponent(url)}`;
}

/** The command with what makes the browser use the profile, after its name. */
export function commandWithin(
  command: readonly string[],
  profile: BrowserProfile | undefined,
): readonly string[] {
  if (profile?.kind !== "chrome-profile") return command;
  const [program = "", ...rest] = command;
  return [program, ...chromeFlags(profile.directory), ...rest];
}

/** The commands of the platform for this part of a browser, without `BROWSER`. */
export function ownCommandsWithin(
  url: string,
  profile: BrowserProfile,
  platform: NodeJS.Platform,
): string[][] {
  if (profile.kind === "chrome-profile") {
    return profile.programs.map((program) => [program, ...chromeFlags(profile.directory), url]);
  }
  return firefoxPrograms(platform).map((program) => [program, "--new-tab", urlWithin(url, profile)]);
}

function chromeFlags(directory: string): string[] {
  return [`--profile-directory=${directory}`, "--no-first-run", "--no-default-browser-check"];
}

function firefoxPrograms(platform: NodeJS.Platform): readonly string[] {
  if (platform === "darwin") return ["/Applications/Firefox.app/Contents/MacOS/firefox"];
  if (platform === "win32") return ["C:\\Program Files\\Mozilla Firefox\\firefox.exe"];
  return ["firefox", "firefox-esr"];
}
