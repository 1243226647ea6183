/** What must be true of every file at every moment, whatever has been killed. */

import { entryFacts } from "../../../src/credentials/cache/entry.ts";
import { parseLoginFile } from "../../../src/credentials/sources/login-session-file.ts";
import { listingParts } from "../../../src/sso/listing-file.ts";
import { parseRegistration } from "../../../src/sso/registration-file.ts";
import { parseToken } from "../../../src/sso/token-file.ts";
import { isTemporary, type StoredFile } from "./home.ts";

/** The permission bits of the config file in these trials: not those of a file that the program made by itself. */
export const configMode = 0o640;

/**
 * What is wrong with a file, by its name below the home; undefined when it is whole and private to its owner.
 * `configs` are the texts that the config file may have.
 */
export function flaw(
  name: string,
  { text, mode }: StoredFile,
  configs: ReadonlySet<string>,
  modes: "checked" | "ignored" = "checked",
): string | undefined {
  const isConfig = name.startsWith(".aws/config");
  const fit = isConfig && isTemporary(name) ? [configMode, 0o600] : [isConfig ? configMode : 0o600];
  if (modes === "checked" && !fit.includes(mode)) return `${name} has the mode ${mode.toString(8)}`;
  if (isTemporary(name)) return undefined;
  const isWhole = isConfig ? configs.has(text) : readerOf(name)(text);
  return isWhole ? undefined : `${name} is not whole: ${text.length} characters`;
}

function isWholeLogin(text: string): boolean {
  const login = parseLoginFile(text);
  return [login?.keys, login?.clientId, login?.refreshToken, login?.dpopKey].every(
    (part) => part !== undefined,
  );
}

function readerOf(name: string): (text: string) => boolean {
  if (name.startsWith(".aws-login/credentials/")) return (text) => entryFacts(text) !== undefined;
  if (name.startsWith(".aws-login/locks/")) return (text) => text === "";
  if (name === ".aws-login/portals.json") return (text) => Array.isArray(JSON.parse(text).startUrls);
  if (name === ".aws-login/recent.json") return (text) => Array.isArray(JSON.parse(text).recent);
  if (name.startsWith(".aws-login/listings/")) return (text) => listingParts(text) !== undefined;
  if (name.startsWith(".aws-login/clients/")) return (text) => parseRegistration(text) !== undefined;
  if (name.startsWith(".aws-login/tokens/")) return (text) => parseToken(text) !== undefined;
  if (name.startsWith(".aws/login/cache/")) return isWholeLogin;
  // The AWS CLI keeps both kinds in one folder.
  if (name.startsWith(".aws/sso/cache/"))
    return (text) => parseToken(text) !== undefined || parseRegistration(text) !== undefined;
  return () => false;
}
