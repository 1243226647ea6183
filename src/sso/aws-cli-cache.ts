/** The AWS CLI's caches: sign-in tokens in `~/.aws/sso/cache`, which are shared, and credentials in `~/.aws/cli/cache`. */
import { joinPath } from "../config/paths.ts";
import { sha1Hex } from "../lib/digest.ts";
import { readFields, textField } from "../lib/json-object.ts";
import {
  type FileAccess,
  listPrivate,
  readPrivate,
  removePrivate,
  reservePrivate,
  writePrivate,
} from "../lib/private-file.ts";
import { pythonJson } from "../lib/python-json.ts";
import { readAgain } from "../lib/read-again.ts";
import type { System } from "../system/types.ts";
import { formatRegistration, parseRegistration } from "./registration-file.ts";
import { formatToken, parseToken, whyNoToken } from "./token-file.ts";
import type { TokenStore } from "./token-store.ts";

/** What the AWS CLI makes the names of. All text is as configured: a slash more at the end is another sign-in. */
export interface CliLogin {
  readonly startUrl: string;
  readonly region: string;
  /** Undefined for a legacy profile, which has the settings of the session in itself. */
  readonly sessionName: string | undefined;
  /** Undefined when none are configured. */
  readonly scopes: readonly string[] | undefined;
}

/** The folder cannot be moved by any setting. */
export function cliCacheFolder(home: string): string {
  return joinPath(home, ".aws", "sso", "cache");
}

export function cliTokenFileName({
  sessionName,
  startUrl,
}: Pick<CliLogin, "sessionName" | "startUrl">): string {
  return `${sha1Hex(sessionName ?? startUrl)}.json`;
}

export function cliTokenPath(home: string, login: Pick<CliLogin, "sessionName" | "startUrl">): string {
  return joinPath(cliCacheFolder(home), cliTokenFileName(login));
}

/** Both flows of the AWS CLI share one file. */
export function cliRegistrationFileName({ startUrl, region, sessionName, scopes }: CliLogin): string {
  const members = {
    region,
    scopes: scopes ?? null,
    session_name: sessionName ?? null,
    startUrl,
    tool: "botocore",
  };
  return `${sha1Hex(pythonJson(members))}.json`;
}

export function cliTokenStore(
  system: FileAccess & Pick<System, "sleep">,
  home: string,
  login: CliLogin,
): TokenStore {
  const folder = cliCacheFolder(home);
  const tokenPath = cliTokenPath(home, login);
  const registrationPath = joinPath(folder, cliRegistrationFileName(login));
  // The AWS CLI rewrites its files in place.
  const readToken = async () =>
    (await readAgain(system, () => readPrivate(system, tokenPath), parseToken)).value;
  return {
    sharedName: tokenPath,
    readToken,
    // The AWS CLI reads this cache too, so nothing in it is sealed.
    open: async (token) => token,
    whyUnreadable: async () => whyNoToken(tokenPath, await readPrivate(system, tokenPath)),
    reserve: ({ fields, ...token }) => reservePrivate(system, tokenPath, formatToken(token, fields)),
    writeToken: async (token) =>
      writePrivate(system, tokenPath, formatToken(token, (await readToken())?.fields)),
    removeToken: () => removePrivate(system, tokenPath),
    readRegistration: async () => {
      const text = await readPrivate(system, registrationPath);
      return text === undefined ? undefined : parseRegistration(text);
    },
    writeRegistration: async (flow, registration) => {
      const text = formatRegistration(registration);
      if (flow === "device") return writePrivate(system, registrationPath, text);
      // AWS CLIs before 2.22 take whatever client this file has for a device code, which the browser's client may not
      // ask for. So the file gets none; a location that cannot be written is still found before a person logs in.
      await (await reservePrivate(system, registrationPath, text)).release();
    },
    removeRegistration: () => removePrivate(system, registrationPath),
  };
}

/**
 * Deletes the credentials that the AWS CLI got from Identity Center, as its `aws sso logout` does. Nothing in them tells
 * from which sign-in they are, so those of all go; the AWS CLI asks for them anew. Throws a Failure that names the file.
 */
export async function forgetCliCredentials(
  system: Pick<System, "listFolder" | "readText" | "removeFile">,
  home: string,
): Promise<void> {
  const folder = joinPath(home, ".aws", "cli", "cache");
  for (const name of await listPrivate(system, folder)) {
    if (!name.endsWith(".json")) continue;
    const text = await readPrivate(system, joinPath(folder, name));
    const fields = text === undefined ? undefined : readFields(text);
    if (fields && textField(fields, "ProviderType") === "sso") {
      await removePrivate(system, joinPath(folder, name));
    }
  }
}
