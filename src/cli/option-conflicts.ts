import type { RunCommand } from "./command-names.ts";
import { checkExclusive } from "./exclusive-options.ts";
import type { Options } from "./option-record.ts";
import { checkRequirements, portalOption, rolesAnywhereOption } from "./option-requirements.ts";
import { HOW_TO_RUN } from "./unexpected-word.ts";
import { usageError } from "./usage-error.ts";

/**
 * Throws Failure("usage") for two options that contradict each other and for one that lacks another: the message names
 * them, the hint says how to go on. Pure: it runs before the command reads, asks or opens anything.
 */
export function checkConflicts(command: RunCommand, options: Options, program?: readonly string[]): void {
  checkTokenSources(options);
  checkPortals(command, options);
  checkOutsideSource(options);
  checkBrowserElsewhere(options);
  checkSteps(options);
  if (options.clear || options.sessions) checkExclusive(options);
  checkWords(command, options, program);
  if (options.credentialHelper && options.outform !== undefined) {
    throw usageError(
      "--credential-helper contradicts --outform: each chooses the form of the output",
      "for credential_process leave out --outform; for the same values to read, --outform json",
    );
  }
  if (command === "status" && options.format === "tsv") {
    throw usageError(
      "cannot use --format tsv: status prints one report, and no rows",
      "for programs --format json; for a person leave out --format",
    );
  }
  if (options.command !== undefined && program !== undefined) {
    throw usageError(
      "--command contradicts --: each says what to run",
      "for one shell command line --command STRING; for a program and its arguments -- PROGRAM ARGS",
    );
  }
  checkRequirements(command, options, program);
}

function checkTokenSources(options: Options): void {
  if (options.ssoAccessToken !== undefined && options.accesstokenCache !== undefined) {
    throw usageError(
      "--sso-access-token contradicts --accesstoken-cache: each names the token to use",
      "leave out the one whose token is not meant",
    );
  }
  if (options.ssoAccessToken !== undefined && options.useCache) {
    throw usageError(
      "--sso-access-token contradicts --use-cache: each names the token to use",
      "leave out --use-cache to use the token given, or --sso-access-token to use the stored one",
    );
  }
  if (options.accesstokenCache !== undefined && options.useCache) {
    throw usageError(
      "--accesstoken-cache contradicts --use-cache: each names the token to use",
      "to keep the file's token: aws-login importcache --accesstoken-cache FILE, then --use-cache",
    );
  }
}

/** `login` and `logout` take `--profile` beside a portal: they acquire no credentials, so there are no two sources. */
function checkPortals(command: RunCommand, options: Options): void {
  if (options.startUrl !== undefined && options.ssoSession !== undefined) {
    throw usageError(
      "--start-url contradicts --sso-session: the section has a start URL of its own",
      "leave out --start-url to use the section, or --sso-session to use the URL",
    );
  }
  const portal = portalOption(options);
  if (options.profile !== undefined && portal !== undefined && command !== "login" && command !== "logout") {
    throw usageError(
      `--profile contradicts ${portal}: each names a credential source`,
      `leave out --profile to use Identity Center, or ${portal} to use the profile`,
    );
  }
}

/** A certificate or a token of another issuer stands beside no other credential source. */
function checkOutsideSource(options: Options): void {
  const anywhere = rolesAnywhereOption(options);
  const token = options.webIdentityToken === undefined ? undefined : "--web-identity-token";
  const outside = anywhere ?? token;
  if (outside === undefined) return;
  if (anywhere !== undefined && token !== undefined) {
    throw usageError(
      `${anywhere} contradicts ${token}: each names a credential source`,
      `leave out the options of Roles Anywhere to use the token, or ${token} to use the certificate`,
    );
  }
  const ssoRole =
    options.ssoAcctId !== undefined ? "--sso-acct-id" : options.ssoRoleName && "--sso-role-name";
  const other = options.profile === undefined ? (portalOption(options) ?? ssoRole) : "--profile";
  if (other === undefined) return;
  throw usageError(
    `${outside} contradicts ${other}: each names a credential source`,
    anywhere === undefined
      ? `leave out ${other} to use the token, or ${token} to use ${other}`
      : `leave out ${other} to use the certificate, or the options of Roles Anywhere to use ${other}`,
  );
}

function checkBrowserElsewhere(options: Options): void {
  if (!options.useDeviceCode) return;
  if (options.remote) {
    throw usageError(
      "--remote contradicts --use-device-code: each says how a browser on another machine signs in",
      "leave out --remote to approve a code there, or --use-device-code to paste the address at which it ended",
    );
  }
  if (options.callbackPort !== undefined) {
    throw usageError(
      "--callback-port contradicts --use-device-code: no browser comes back from a device code",
      "leave out --callback-port to approve a code in any browser, or --use-device-code to wait at the port",
    );
  }
}

function checkSteps(options: Options): void {
  if (options.mfaToken !== undefined && options.mfaProcess !== undefined) {
    throw usageError(
      "--mfa-token contradicts --mfa-process: each gives the MFA code",
      "leave out --mfa-token to take the code that the command prints, or --mfa-process to give it",
    );
  }
  if (!options.getFederationToken) return;
  if (options.getSessionToken) {
    throw usageError(
      "--get-session-token contradicts --get-federation-token: each exchanges the long-term keys",
      "for the console of an IAM user --get-federation-token; before --assume-roles --get-session-token",
    );
  }
  if (options.assumeRoles !== undefined) {
    throw usageError(
      "--get-federation-token contradicts --assume-roles: federation credentials cannot assume a role",
      "leave out --get-federation-token, or use --get-session-token in its place",
    );
  }
}

/** The words of `list` only filter. */
function checkWords(command: RunCommand, options: Options, program: readonly string[] | undefined): void {
  const { words } = options;
  if (words === undefined || command === "list") return;
  const named = sourceOption(options);
  if (named === undefined) return;
  // The words are the program, most likely.
  if (command === "runas" && program === undefined && options.command === undefined)
    throw usageError("runas needs something to run", `put -- before the program: ${HOW_TO_RUN}`);
  throw usageError(
    `"${words[0]}" contradicts ${named}: each names a credential source`,
    `leave out the words to use ${named}, or the option to look for the words`,
  );
}

/** The option that leaves nothing to choose. */
function sourceOption(options: Options): string | undefined {
  if (options.profile !== undefined) return "--profile";
  if (options.ssoAcctId !== undefined && options.ssoRoleName !== undefined)
    return "--sso-acct-id with --sso-role-name";
  if (options.webIdentityToken !== undefined) return "--web-identity-token";
  return rolesAnywhereOption(options);
}
