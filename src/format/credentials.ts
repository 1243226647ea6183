/** The text of `dumpcreds`: variables to set in a shell, or JSON. */

import { credentialMembers } from "../lib/credential-process-json.ts";
import type { Credentials } from "../lib/credentials.ts";
import { formatIsoTime } from "../lib/iso-time.ts";
import { jsonText } from "../lib/json-text.ts";
import type { Outform } from "../lib/option-choices.ts";
import { setLine, syntaxes } from "./shell-syntax.ts";

export interface CredentialsText {
  readonly outform: Outform;
  /** The region for the shell's `AWS_REGION`; the variable stays as it is where this is undefined. */
  readonly region?: string | undefined;
  /**
   * Where the comment stands. `eval $(…)` without quotes joins the lines by blanks, so the comment must come `last`
   * there; a person who reads them on a terminal gets it `first`.
   */
  readonly comment: "first" | "last";
}

const COMMENT = "Your session credentials are...";

/**
 * Every line ends in a newline. The variables that belong to other credentials are unset first: SDKs refuse new keys
 * beside an old token, and count them as expired by an old `AWS_CREDENTIAL_EXPIRATION`. Throws a Failure when the
 * form cannot express a value.
 */
export function formatCredentials(credentials: Credentials, text: CredentialsText): string {
  const { outform, region, comment } = text;
  if (outform === "json") return `${jsonText(credentialMembers(credentials), 4)}\n`;
  const syntax = syntaxes[outform];
  const { expiration } = credentials;
  const values: Record<string, string | undefined> = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_SECURITY_TOKEN: undefined,
    AWS_CREDENTIAL_EXPIRATION: expiration === undefined ? undefined : formatIsoTime(expiration),
    AWS_ACCOUNT_ID: undefined,
  };
  if (region !== undefined) values.AWS_REGION = region;
  let set = "";
  let unset = "";
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      set += `${setLine(outform, name, value)}\n`;
      continue;
    }
    const line = syntax.unset(name);
    if (line !== undefined) unset += `${line}\n`;
  }
  // A form that cannot unset has the keys first.
  if (syntax.comment === undefined) return set + unset;
  const remark = `${syntax.comment} ${COMMENT}\n`;
  return comment === "first" ? remark + unset + set : unset + set + remark;
}

/** Every variable that `formatCredentials()` sets, or unsets because it belongs to other credentials. */
const VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_ACCOUNT_ID",
  "AWS_REGION",
] as const;

/** The members of the JSON form. */
const MEMBERS = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "AccountId"] as const;

/**
 * The text that takes the credentials of `formatCredentials()` away again, the region included. Every line ends in a
 * newline. A form that cannot unset a variable empties it, which SDKs take for a variable that is not set; JSON has null.
 */
export function formatClearing(outform: Outform): string {
  if (outform === "json") return `${jsonText(Object.fromEntries(MEMBERS.map((name) => [name, null])), 4)}\n`;
  const { unset } = syntaxes[outform];
  return VARIABLES.map((name) => `${unset(name) ?? `${name}=`}\n`).join("");
}
