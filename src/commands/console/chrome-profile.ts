/** The profile of `--chrome-profile`: which browser has it, and in which folder. The browser's files are only read. */
import { joinPath } from "../../config/paths.ts";
import { browserOfProgram, CHROMIUM_BROWSERS, type ChromiumBrowser } from "../../lib/chromium-browsers.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { isFields, objectField, readFields, textField } from "../../lib/json-object.ts";
import { shellWords, windowsWords } from "../../lib/shell-words.ts";
import { nameList, nearest } from "../../lib/suggest.ts";
import type { BrowserProfile, System } from "../../system/types.ts";

interface Found {
  readonly browser: ChromiumBrowser;
  /** `Default`, `Profile 1`. */
  readonly directory: string;
  /** The name that the browser shows. */
  readonly name: string;
}

/**
 * The profile that the browser shows under this name, or whose folder has it. It is looked for in the browser that
 * `BROWSER` names, else in every known one. Throws a usage Failure where there is none, or more than one.
 */
export async function chromeProfile(
  wanted: string,
  system: Pick<System, "env" | "platform" | "readText">,
  home: string | undefined,
): Promise<BrowserProfile> {
  const named = browserOfProgram(programOfBrowser(system) ?? "", system.platform);
  const browsers = named === undefined ? CHROMIUM_BROWSERS : [named];
  const profiles: Found[] = [];
  for (const browser of browsers) profiles.push(...(await profilesOf(browser, system, home)));
  const matches = profiles.filter(({ name }) => name === wanted);
  const [match] = matches.length > 0 ? matches : profiles.filter(({ directory }) => directory === wanted);
  if (match === undefined) throw noProfile(wanted, browsers, profiles);
  const twin = matches.find((other) => other.browser === match.browser && other !== match);
  if (twin !== undefined) {
    throw new Failure(
      "usage",
      `cannot use --chrome-profile "${wanted}": ${match.browser.name} has more than one profile of that name`,
      { hints: [`name the folder: --chrome-profile "${match.directory}" or "${twin.directory}"`] },
    );
  }
  const { directory, browser } = match;
  return { kind: "chrome-profile", directory, programs: browser.programs[system.platform] ?? [] };
}

/** The program that `BROWSER` names first. */
function programOfBrowser({ env, platform }: Pick<System, "env" | "platform">): string | undefined {
  const [command = ""] = (env.BROWSER ?? "").split(platform === "win32" ? ";" : ":");
  return platform === "win32" ? windowsWords(command)?.[0] : shellWords(command)?.[0]?.text;
}

async function profilesOf(
  browser: ChromiumBrowser,
  system: Pick<System, "env" | "platform" | "readText">,
  home: string | undefined,
): Promise<Found[]> {
  const above = userDataFolder(system, home);
  const folder = browser.folder[system.platform];
  if (above === undefined || folder === undefined) return [];
  const path = joinPath(above, folder, "Local State");
  let text: string | undefined;
  try {
    text = await system.readText(path);
  } catch (error) {
    throw new Failure(
      "failed",
      `cannot look for the profiles of ${browser.name}: cannot read ${path}: ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
  const profile = objectField(readFields(text ?? "") ?? {}, "profile") ?? {};
  return Object.entries(objectField(profile, "info_cache") ?? {}).flatMap(([directory, info]) =>
    isFields(info) ? [{ browser, directory, name: textField(info, "name") ?? directory }] : [],
  );
}

/** The folder of the user's applications' data. */
function userDataFolder(
  { env, platform }: Pick<System, "env" | "platform">,
  home: string | undefined,
): string | undefined {
  if (platform === "win32") return env.LOCALAPPDATA;
  if (home === undefined) return undefined;
  if (platform === "darwin") return joinPath(home, "Library", "Application Support");
  return env.XDG_CONFIG_HOME || joinPath(home, ".config");
}

function noProfile(
  wanted: string,
  browsers: readonly ChromiumBrowser[],
  profiles: readonly Found[],
): Failure {
  const names = [...new Set(profiles.map(({ name }) => name))];
  const where = browsers.map(({ name }) => name).join(", ");
  const meant = nearest(wanted, names);
  const hint =
    meant !== undefined
      ? `did you mean --chrome-profile "${meant}"?`
      : names.length > 0
        ? `the profiles are: ${nameList(names)}`
        : "name the browser in BROWSER, or start it once";
  return new Failure(
    "usage",
    `cannot use --chrome-profile "${wanted}": no profile of that name in ${where}`,
    {
      hints: [hint],
    },
  );
}
