/** The options that commands and other options need. */

import type { RunCommand } from "./command-names.ts";
import type { Options } from "./option-record.ts";
import { HOW_TO_RUN } from "./unexpected-word.ts";
import { usageError } from "./usage-error.ts";

/** Throws Failure("usage") for a command or an option that lacks the option it needs. Pure. */
export function checkRequirements(command: RunCommand, options: Options, program?: readonly string[]): void {
  checkRolesAnywhere(options);
  checkWebIdentity(options);
  const needsFile = options.prune ? "--prune" : options.rename ? "--rename" : undefined;
  if (needsFile !== undefined && !options.write && !options.dryRun) {
    throw usageError(
      `${needsFile} needs --write or --dry-run: it changes profiles that the config file has`,
      `add --dry-run to see the changes, then --write to make them`,
    );
  }
  switch (command) {
    case "runas":
      checkProgram(options, program);
      return;
    case "serve":
      if (options.bind !== undefined && !options.imds) {
        throw usageError(
          "--bind needs --imds: the endpoint with a token answers programs of this machine only",
          "add --imds to serve containers, or leave out --bind",
        );
      }
      if (options.keep && !options.detach) {
        throw usageError(
          "--keep needs --detach: without it serve goes on until Ctrl-C in any case",
          "add --detach to serve in the background, or leave out --keep",
        );
      }
      return;
    case "importcache":
      if (options.accesstokenCache === undefined) {
        throw usageError(
          "importcache needs --accesstoken-cache",
          "name the file, for example --accesstoken-cache ~/.aws/sso/cache/FILE.json",
        );
      }
      return;
    case "list":
      if (options.ssoRegion !== undefined && portalOption(options) === undefined) {
        throw usageError(
          "--sso-region needs an option that names the portal",
          "add --start-url URL, or leave out --sso-region to list every portal",
        );
      }
      return;
    case "logout":
      // Without a portal, logout would ignore the region and end every sign-in.
      if (options.ssoRegion !== undefined && !namesPortal(options)) {
        throw usageError(
          "--sso-region needs an option that names the portal",
          "add --start-url URL, or leave out --sso-region to end every sign-in of the program's own cache",
        );
      }
      return;
  }
}

/** Whether an option names the portal of `logout`. */
function namesPortal({ startUrl, ssoSession, profile }: Options): boolean {
  return startUrl !== undefined || ssoSession !== undefined || profile !== undefined;
}

/**
 * Whether the identity is still to be chosen: words look for it, or an option names an account, a role or a portal and
 * not the rest. Only for the commands that acquire an identity.
 */
export function needsChoice(options: Options): boolean {
  const { words, ssoAcctId, ssoRoleName } = options;
  if (words !== undefined || (ssoAcctId === undefined) !== (ssoRoleName === undefined)) return true;
  return ssoAcctId === undefined && portalOption(options) !== undefined;
}

function checkRolesAnywhere(options: Options): void {
  const { certificate, trustAnchorArn, profileArn, roleArn, webIdentityToken } = options;
  if (certificate === undefined) {
    const given = rolesAnywhereOption(options);
    if (given !== undefined)
      throw usageError(`${given} needs --certificate`, "name the certificate's file: --certificate FILE");
    if (roleArn === undefined || webIdentityToken !== undefined) return;
    throw usageError(
      "--role-arn needs --certificate or --web-identity-token",
      "to assume a role with other credentials: --assume-roles ARN",
    );
  }
  const missing: string[] = [];
  if (trustAnchorArn === undefined) missing.push("--trust-anchor-arn");
  if (profileArn === undefined) missing.push("--profile-arn");
  if (roleArn === undefined) missing.push("--role-arn");
  if (missing.length === 0) return;
  throw usageError(
    `--certificate needs ${missing.join(" and ")}`,
    "the console of Roles Anywhere shows the trust anchor and the profile; the role is one that the profile lists",
  );
}

function checkWebIdentity({ webIdentityToken, roleArn, useCache }: Options): void {
  if (webIdentityToken === undefined) return;
  // Every user of the machine can read the arguments of a process.
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(webIdentityToken)) {
    throw usageError(
      "--web-identity-token names a file, and got a token, which every user of the machine can see",
      "write the token to a file or to stdin: --web-identity-token FILE, or --web-identity-token -",
    );
  }
  if (roleArn === undefined) {
    throw usageError(
      "--web-identity-token needs --role-arn",
      "name the role that the token opens: --role-arn arn:aws:iam::ACCOUNT:role/NAME",
    );
  }
  if (webIdentityToken === "-" && useCache) {
    throw usageError(
      "--web-identity-token - contradicts --use-cache: no other run knows the token of this one's stdin",
      "leave out --use-cache, or write the token to a file: --web-identity-token FILE",
    );
  }
}

/** The first option given that only IAM Roles Anywhere has. */
export function rolesAnywhereOption(options: Options): string | undefined {
  if (options.certificate !== undefined) return "--certificate";
  if (options.privateKey !== undefined) return "--private-key";
  if (options.privateKeyPasswordFile !== undefined) return "--private-key-password-file";
  if (options.intermediates !== undefined) return "--intermediates";
  if (options.trustAnchorArn !== undefined) return "--trust-anchor-arn";
  if (options.profileArn !== undefined) return "--profile-arn";
  if (options.endpoint !== undefined) return "--endpoint";
  return undefined;
}

/** The option that makes Identity Center the credential source, if one does. */
export function portalOption(options: Options): string | undefined {
  if (options.startUrl !== undefined) return "--start-url";
  if (options.ssoSession !== undefined) return "--sso-session";
  if (options.ssoAccessToken !== undefined) return "--sso-access-token";
  if (options.accesstokenCache !== undefined) return "--accesstoken-cache";
  if (options.useCache && options.ssoAcctId !== undefined) return "--sso-acct-id";
  return undefined;
}

function checkProgram(options: Options, program: readonly string[] | undefined): void {
  // Without a program a person at a terminal gets a shell.
  if (program?.length === 0) {
    throw usageError(
      "nothing to run stands after --",
      options.words === undefined
        ? "for example: aws-login runas -- aws s3 ls, or: aws-login runas --command 'aws s3 ls | sort'"
        : `put -- before the program: ${HOW_TO_RUN}`,
    );
  }
  if (program?.[0] === "") {
    throw usageError(
      "the program after -- has an empty name",
      "a variable that stands for it may not be set; for example: aws-login runas -- aws s3 ls",
    );
  }
}
