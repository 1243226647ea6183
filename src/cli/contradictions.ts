import type { Options, RunCommand } from "./options.ts";
import { usage } from "./usage.ts";

/**
 * Throws Failure("usage") for options that cannot all be meant, or that lack the one they need: the message says
 * which two, the hint what was probably meant. Pure, so that it comes before anything is read, asked or opened.
 */
export function checkContradictions(
  command: RunCommand,
  options: Options,
  program?: readonly string[],
): void {
  checkTokenSources(options);
  checkGivenToken(options);
  checkPortals(command, options);
  checkHops(options);
  if (options.credentialHelper && options.outform !== undefined) {
    throw usage(
      "--credential-helper contradicts --outform: each chooses the form of the output",
      "for credential_process leave out --outform; for the same values to read, --outform json",
    );
  }
  if (command === "runas") checkProgram(options, program);
  checkNeeds(command, options);
}

function checkTokenSources(options: Options): void {
  if (options.ssoAccessToken !== undefined && options.accesstokenCache !== undefined) {
    throw usage(
      "--sso-access-token contradicts --accesstoken-cache: each names the token to use",
      "leave out the one whose token is not meant",
    );
  }
  if (options.ssoAccessToken !== undefined && options.useCache) {
    throw usage(
      "--sso-access-token contradicts --use-cache: each names the token to use",
      "leave out --use-cache to use the token given, or --sso-access-token to use the stored one",
    );
  }
  if (options.accesstokenCache !== undefined && options.useCache) {
    throw usage(
      "--accesstoken-cache contradicts --use-cache: each names the token to use",
      "to keep the file's token: aws-login importcache --accesstoken-cache FILE, then --use-cache",
    );
  }
}

/** A token that is given and a sign-in in its place. */
function checkGivenToken(options: Options): void {
  const given =
    options.ssoAccessToken === undefined
      ? options.accesstokenCache && "--accesstoken-cache"
      : "--sso-access-token";
  if (given === undefined || options.signIn !== "always") return;
  throw usage(
    `${given} contradicts --sign-in always: each says where the token comes from`,
    `leave out --sign-in to use the token, or name the portal with --start-url in place of ${given} to sign in`,
  );
}

/** `login` and `logout` take `--profile` beside a portal: they acquire nothing, so nothing has two starts. */
function checkPortals(command: RunCommand, options: Options): void {
  if (options.startUrl !== undefined && options.ssoSession !== undefined) {
    throw usage(
      "--start-url contradicts --sso-session: the section has a start URL of its own",
      "leave out --start-url to use the section, or --sso-session to use the URL",
    );
  }
  const portal = portalOption(options);
  if (options.profile !== undefined && portal !== undefined && command !== "login" && command !== "logout") {
    throw usage(
      `--profile contradicts ${portal}: each names where the credentials start`,
      `leave out --profile to start from Identity Center, or ${portal} to start from the profile`,
    );
  }
}

/** The option by which Identity Center is named as the start, if one does. */
function portalOption(options: Options): string | undefined {
  if (options.startUrl !== undefined) return "--start-url";
  if (options.ssoSession !== undefined) return "--sso-session";
  if (options.ssoAccessToken !== undefined) return "--sso-access-token";
  if (options.accesstokenCache !== undefined) return "--accesstoken-cache";
  if (options.useCache && options.ssoAcctId !== undefined) return "--sso-acct-id";
  return undefined;
}

function checkHops(options: Options): void {
  if (!options.getFederationToken) return;
  if (options.getSessionToken) {
    throw usage(
      "--get-session-token contradicts --get-federation-token: each exchanges the long-term keys",
      "for the console of an IAM user --get-federation-token; before --assume-roles --get-session-token",
    );
  }
  if (options.assumeRoles !== undefined) {
    throw usage(
      "--get-federation-token contradicts --assume-roles: federation credentials cannot assume a role",
      "leave out --get-federation-token, or use --get-session-token in its place",
    );
  }
}

function checkProgram(options: Options, program: readonly string[] | undefined): void {
  if (options.command !== undefined && program !== undefined) {
    throw usage(
      "--command contradicts --: each says what to run",
      "for one shell command line --command STRING; for a program and its arguments -- PROGRAM ARGS",
    );
  }
  if (options.command === undefined && (program === undefined || program.length === 0)) {
    throw usage(
      program === undefined ? "runas needs something to run" : "nothing to run stands after --",
      "for example: aws-login runas -- aws s3 ls, or: aws-login runas --command 'aws s3 ls | sort'",
    );
  }
  if (program?.[0] === "") {
    throw usage(
      "the program after -- has an empty name",
      "a variable that stands for it may not be set; for example: aws-login runas -- aws s3 ls",
    );
  }
}

function checkNeeds(command: RunCommand, options: Options): void {
  const role = roleOption(options);
  if (options.profile !== undefined && role !== undefined) {
    throw usage(
      `${role} needs an option that names the portal`,
      "add --start-url URL or --sso-session NAME in place of --profile; a profile has an account and role of its own",
    );
  }
  if (options.ssoAcctId !== undefined && options.ssoRoleName === undefined) {
    throw usage(
      "--sso-acct-id needs --sso-role-name",
      "name the permission set, for example --sso-role-name ReadOnlyAccess",
    );
  }
  if (options.ssoRoleName !== undefined && options.ssoAcctId === undefined) {
    throw usage(
      "--sso-role-name needs --sso-acct-id",
      "name the account, for example --sso-acct-id 111111111111",
    );
  }
  switch (command) {
    case "console":
    case "dumpcreds":
    case "getcallerid":
    case "runas":
      checkRoleAndPortal(options);
      return;
    case "importcache":
      if (options.accesstokenCache === undefined) {
        throw usage(
          "importcache needs --accesstoken-cache",
          "name the file, for example --accesstoken-cache ~/.aws/sso/cache/FILE.json",
        );
      }
      return;
    case "login":
      if (!namesPortal(options)) {
        throw usage(
          "login needs to know where: --start-url, --sso-session or --profile",
          "for example: aws-login login --start-url https://d-1234567890.awsapps.com/start",
        );
      }
      return;
    case "logout":
      // Without a portal it would be dropped, and every sign-in ended.
      if (options.ssoRegion !== undefined && !namesPortal(options)) {
        throw usage(
          "--sso-region needs an option that names the portal",
          "add --start-url URL, or leave out --sso-region to end every sign-in of the program's own cache",
        );
      }
      return;
  }
}

/** Whether `login` or `logout` is told where. */
function namesPortal({ startUrl, ssoSession, profile }: Options): boolean {
  return startUrl !== undefined || ssoSession !== undefined || profile !== undefined;
}

/** The option by which a role of Identity Center is named, if one does. */
function roleOption(options: Options): string | undefined {
  if (options.ssoAcctId !== undefined) return "--sso-acct-id";
  return options.ssoRoleName === undefined ? undefined : "--sso-role-name";
}

/** An account and role are of no use without a portal, and the reverse, to a command that acquires an identity. */
function checkRoleAndPortal(options: Options): void {
  const portal = portalOption(options);
  if (portal !== undefined && options.ssoAcctId === undefined) {
    throw usage(
      `${portal} needs --sso-acct-id and --sso-role-name`,
      "for the accounts and roles to choose from: aws-login dumpconfig with the same sign-in options",
    );
  }
  if (portal === undefined && options.ssoAcctId !== undefined) {
    throw usage(
      "--sso-acct-id needs an option that names the portal",
      "add --start-url URL, --sso-session NAME, or --use-cache for the portal used last",
    );
  }
}
