/**
 * A plain command line for `credential_process`, read in one go. Reading any command line costs a start a twentieth of
 * its time, and whoever has the program as a helper starts it hundreds of times with the same words.
 */
import type { Options, TextField } from "./options.ts";

/** What the words say, as `parse` would have it. */
export type HelperOptions = Pick<
  Options,
  "credentialHelper" | "useCache" | "getSessionToken" | TextOfHelper
> & {
  readonly getFederationToken: false;
};
type TextOfHelper = (typeof TEXTS)[keyof typeof TEXTS];

const TEXTS = {
  "--profile": "profile",
  "--region": "region",
  "--start-url": "startUrl",
  "--sso-region": "ssoRegion",
  "--sso-session": "ssoSession",
  "--sso-acct-id": "ssoAcctId",
  "--sso-role-name": "ssoRoleName",
  "--assume-roles": "assumeRoles",
  "--role-session-name": "roleSessionName",
  "--external-id": "externalId",
  "--source-identity": "sourceIdentity",
  "--mfa-serial": "mfaSerial",
} as const satisfies Readonly<Record<`--${string}`, TextField>>;

function isText(name: string): name is keyof typeof TEXTS {
  return name.startsWith("--") && name in TEXTS;
}

/**
 * Undefined for every other command line, those included that are wrong: `parse` reads them. Values are not looked at:
 * with a wrong one nothing can have been kept.
 */
export function helperWords(words: readonly string[]): HelperOptions | undefined {
  if (words[0] !== "dumpcreds") return undefined;
  let [credentialHelper, useCache, getSessionToken] = [false, false, false];
  const texts: { -readonly [F in TextOfHelper]?: string } = {};
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--credential-helper") credentialHelper = true;
    else if (word === "--use-cache") useCache = true;
    else if (word === "--get-session-token") getSessionToken = true;
    else {
      const equals = word.indexOf("=");
      const name = equals < 0 ? word : word.slice(0, equals);
      const value = equals < 0 ? words[++index] : word.slice(equals + 1);
      // What begins with a dash may be an option whose value is missing.
      if (!isText(name) || !value || (equals < 0 && value.startsWith("-"))) return undefined;
      texts[TEXTS[name]] = value;
    }
  }
  if (!credentialHelper || !useCache) return undefined;
  return { ...texts, credentialHelper, useCache, getSessionToken, getFederationToken: false };
}
