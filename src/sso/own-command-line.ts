/** The portal that a `credential_process` names where it runs this program. Pure. */
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { shellWords, windowsWords } from "../lib/shell-words.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { portalOfOptions } from "./portal-of-options.ts";

/** The options of the command line that name a portal, and the members that they set. */
const portalOptions = {
  "--start-url": "startUrl",
  "--sso-region": "ssoRegion",
  "--sso-session": "ssoSession",
} as const;

/**
 * The portal of the options in a command line such as
 * `/usr/local/bin/aws-login dumpcreds --credential-helper --start-url URL …`, with the token in the program's own cache
 * or in the session's. Undefined for another program, and for a command line that names no portal. Throws the Failure of
 * an option's value.
 */
export function portalOfOwnCommandLine(
  profile: Profile,
  config: SharedConfig,
  platform: NodeJS.Platform,
): PortalChoice | undefined {
  const line = propertyOf(profile, "credential_process")?.value;
  const words = line === undefined ? undefined : wordsOf(line, platform);
  const program = words?.[0]?.split(/[/\\]/).at(-1);
  if (words === undefined || !/^aws-login(?:\.exe)?$/i.test(program ?? "")) return undefined;
  const said: { startUrl?: string; ssoRegion?: string; ssoSession?: string } = {};
  for (const [at, word] of words.entries()) {
    for (const [option, member] of Object.entries(portalOptions)) {
      const value =
        word === option ? words[at + 1] : word.startsWith(`${option}=`) && word.slice(option.length + 1);
      if (value) said[member] = value;
    }
  }
  if (said.startUrl === undefined && said.ssoSession === undefined) return undefined;
  return portalOfOptions({ ...said, useCache: true }, config);
}

function wordsOf(line: string, platform: NodeJS.Platform): readonly string[] | undefined {
  return platform === "win32" ? windowsWords(line) : shellWords(line)?.map(({ text }) => text);
}
