/** Reads the names that completion offers: from the config files and the cached listings alone. */
import { homeOfEnvironment, ownFolderPath, sharedFilePaths } from "../config/paths.ts";
import { type NameLines, nameLines } from "../lib/name-lines.ts";
import { isTypable } from "../lib/typable.ts";
import { listingFolder, listingPath } from "../sso/listing-path.ts";
import type { Environment, System } from "../system/types.ts";
import type { AskedFor, Given } from "./asked-for.ts";
import { namesInConfig, namesInCredentials } from "./names-in-config.ts";
import { namesInListing } from "./names-in-listing.ts";

/** Reading at once: `src/system/files/read-now.ts`. */
export interface NowFiles extends Pick<System, "areOwn"> {
  readNow(path: string): string | undefined;
  namesIn(folder: string): readonly string[];
}

/**
 * Everything that may be meant: of these texts the names that begin with what is typed. Throws a Failure for a file that
 * cannot be read.
 */
export async function readNames(
  asked: AskedFor,
  env: Environment,
  files: NowFiles,
): Promise<readonly NameLines[]> {
  const home = homeOfEnvironment(env);
  const { kind, words, prefix } = asked;
  const texts: NameLines[] = [];
  // A profile is named exactly, by one word.
  if (kind === "profile" || (kind === "target" && words.length === 0 && !namesPortal(asked.given)))
    texts.push(linesOf(profiles(prefix, env, home, files), "profile"));
  if (kind === "session") {
    const { config } = sharedFilePaths(env, home);
    const text = config.path === undefined ? undefined : files.readNow(config.path);
    texts.push(linesOf(namesInConfig(text ?? "", "sso-session", prefix), "sso-session"));
  }
  if (kind === "account" || kind === "role" || kind === "target") {
    const query = { kind, prefix, words, ...asked.given };
    for (const text of await listings(asked.given, env, home, files))
      texts.push(...namesInListing(text, query));
  }
  return texts;
}

/** Names that no command line can hold safely are left out. */
function linesOf(names: Iterable<string>, about: string): NameLines {
  const typable: string[] = [];
  for (const name of names) if (isTypable(name)) typable.push(name);
  return nameLines(typable, about);
}

function namesPortal({ ssoSession, startUrl, ssoAcctId, ssoRoleName }: Given): boolean {
  return (ssoSession ?? startUrl ?? ssoAcctId ?? ssoRoleName) !== undefined;
}

function profiles(
  prefix: string,
  env: Environment,
  home: string | undefined,
  files: NowFiles,
): readonly string[] {
  const { config, credentials } = sharedFilePaths(env, home);
  const inConfig = config.path === undefined ? "" : (files.readNow(config.path) ?? "");
  const inCredentials = credentials.path === undefined ? "" : (files.readNow(credentials.path) ?? "");
  return [...namesInConfig(inConfig, "profile", prefix), ...namesInCredentials(inCredentials)];
}

/** The cached listings, of the portal of the options where they name one. */
async function listings(
  given: Given,
  env: Environment,
  home: string | undefined,
  files: NowFiles,
): Promise<readonly string[]> {
  const folder = ownFolderPath(env, home);
  if (folder === undefined) return [];
  const paths =
    given.ssoSession === undefined && given.startUrl === undefined
      ? files.namesIn(listingFolder(folder)).map((name) => `${listingFolder(folder)}/${name}`)
      : (await signInNames(given, folder, home)).map((name) => listingPath(folder, name));
  // As for a cached answer: in the default folder the owner is not checked, because that costs half a start.
  const isElsewhere = env.AWS_LOGIN_HOME || home === "";
  const texts: string[] = [];
  for (const path of paths) {
    // What a killed write left.
    if (path.endsWith(".tmp")) continue;
    if (isElsewhere && !files.areOwn([folder, listingFolder(folder), path])) continue;
    const text = files.readNow(path);
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

/** What the listing of the options' portal may be cached under. */
async function signInNames(
  { ssoSession, startUrl }: Given,
  folder: string,
  home: string | undefined,
): Promise<readonly string[]> {
  const names: string[] = [];
  if (ssoSession !== undefined && home !== undefined) {
    const { cliTokenPath } = await import("../sso/aws-cli-cache.ts");
    names.push(cliTokenPath(home, { sessionName: ssoSession, startUrl: "" }));
  }
  if (startUrl !== undefined) {
    const { ownTokenPath } = await import("../sso/own-token-cache.ts");
    names.push(startUrl, ownTokenPath(folder, startUrl));
  }
  return names;
}
