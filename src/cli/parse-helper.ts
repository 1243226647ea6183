/**
 * Reads the plain command line of a `credential_process`. The whole parser costs a start a twentieth of its time, and
 * SDKs start a helper hundreds of times with the same words.
 */
import type { Options } from "./option-record.ts";
import type { TextField } from "./options.ts";

const TEXTS = {
  "--profile": "profile",
  "--region": "region",
  "--certificate": "certificate",
  "--private-key": "privateKey",
  "--private-key-password-file": "privateKeyPasswordFile",
  "--intermediates": "intermediates",
  "--trust-anchor-arn": "trustAnchorArn",
  "--profile-arn": "profileArn",
  "--web-identity-token": "webIdentityToken",
  "--role-arn": "roleArn",
  "--endpoint": "endpoint",
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

const FLAGS = {
  "--credential-helper": "credentialHelper",
  "--use-cache": "useCache",
  "--get-session-token": "getSessionToken",
} as const;

type Field =
  | (typeof TEXTS)[keyof typeof TEXTS]
  | (typeof FLAGS)[keyof typeof FLAGS]
  | "duration"
  | "getFederationToken";

/** The options of such a command line, with the values that `parse()` would give them. */
export type HelperOptions = Pick<Options, Field>;

/**
 * Undefined for every other command line, wrong ones included: `parse()` reads them. Values are not checked, because the
 * cache has no entry for a wrong one.
 */
export function parseHelper(words: readonly string[]): HelperOptions | undefined {
  // The other name, whose options `signing-helper.ts` reads: those of both are the same but for --region.
  const isOtherName = words[0] === "credential-process";
  if (words[0] !== "dumpcreds" && !isOtherName) return undefined;
  const options: { -readonly [F in keyof HelperOptions]: HelperOptions[F] } = {
    credentialHelper: isOtherName,
    useCache: false,
    getSessionToken: false,
    getFederationToken: false,
  };
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? "";
    if (isIn(FLAGS, word)) {
      options[FLAGS[word]] = true;
      continue;
    }
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? words[++index] : word.slice(equals + 1);
    // What begins with a dash may be an option whose value is missing. U+FFFD stands for bytes that were lost: with it
    // one name could be served the credentials of another.
    if (!value || value.includes("\ufffd") || (equals < 0 && value.startsWith("-"))) return undefined;
    if (isIn(TEXTS, name)) {
      if (isOtherName && name === "--region") return undefined;
      options[TEXTS[name]] = value;
      continue;
    }
    if (name !== "--duration" && name !== "--session-duration") return undefined;
    // `parse()` reads other spellings of a number, or refuses them.
    options.duration = Number(value);
    if (`${options.duration}` !== value) return undefined;
  }
  return options.credentialHelper && options.useCache ? options : undefined;
}

/** The dashes keep out the members of every object, such as `toString`. */
function isIn<Names extends object>(names: Names, word: string): word is keyof Names & string {
  return word.startsWith("--") && word in names;
}
