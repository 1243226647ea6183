import type { Command } from "./command-names.ts";
import type { OptionName } from "./options.ts";

/** The headings of a command's help, in order; each answers one question. */
export const GROUPS = [
  "Start from",
  "Sign in with Identity Center",
  "Then assume",
  "Print as",
  "Run",
  "Serve",
  "Open",
  "Write",
  "Also",
] as const;
export type Group = (typeof GROUPS)[number];

export interface OptionHelp {
  readonly group: Group;
  /** The placeholder of its value; absent for a flag. */
  readonly value?: string;
  /** The words that a command takes, where they are not all that the option has. */
  readonly choicesOf?: Partial<Record<Command, readonly string[]>>;
  /** One sentence, default included. */
  readonly line: string;
  /** Another line for commands that use the option differently. */
  readonly lineOf?: Partial<Record<Command, string>>;
}

const START = "Start from";
const SIGN_IN = "Sign in with Identity Center";
const STEPS = "Then assume";

/** `--sso-region` names the portal's region. */
const NO_REGION = "accepted by every command; no effect on this one";

/** The words of help and completion for each option, in a file that parsing does not load. */
export const OPTION_HELP: Readonly<Record<OptionName, OptionHelp>> = {
  "--profile": { group: START, value: "NAME", line: "this profile of the AWS config files" },
  "--certificate": {
    group: START,
    value: "FILE",
    line: "this certificate (PEM, DER, PKCS#12), through IAM Roles Anywhere",
  },
  "--private-key": { group: START, value: "FILE", line: "its private key (default: in the same file)" },
  "--private-key-password-file": {
    group: START,
    value: "FILE",
    line: "the key's password (default: asked on the terminal)",
  },
  "--intermediates": { group: START, value: "FILE", line: "the certificates that issued it, in PEM" },
  "--trust-anchor-arn": { group: START, value: "ARN", line: "the trust anchor of Roles Anywhere" },
  "--profile-arn": { group: START, value: "ARN", line: "the profile of Roles Anywhere" },
  "--web-identity-token": {
    group: START,
    value: "FILE",
    line: "the OIDC token in this file; - reads stdin, github asks GitHub Actions for one",
  },
  "--role-arn": { group: START, value: "ARN", line: "the role that the certificate or the token opens" },
  "--endpoint": { group: START, value: "URL", line: "the endpoint of Roles Anywhere (default AWS's)" },
  "--start-url": {
    group: SIGN_IN,
    value: "URL",
    line: "the portal, for example https://d-1234567890.awsapps.com/start",
  },
  "--sso-region": { group: SIGN_IN, value: "REGION", line: "the portal's region (default us-east-1)" },
  "--sso-session": {
    group: SIGN_IN,
    value: "NAME",
    line: "the portal of this [sso-session] section, and the AWS CLI's token",
  },
  "--sso-acct-id": {
    group: SIGN_IN,
    value: "ID",
    line: "the account, 12 digits; without a role you choose one of yours there",
  },
  "--sso-role-name": {
    group: SIGN_IN,
    value: "NAME",
    line: "the permission set; without an account you choose one",
  },
  "--sso-access-token": {
    group: SIGN_IN,
    value: "TOKEN",
    line: "this access token; - reads it from stdin, unseen by ps",
  },
  "--accesstoken-cache": {
    group: SIGN_IN,
    value: "FILE",
    line: "the token in this file (PATH or file://PATH)",
  },
  "--use-cache": {
    group: SIGN_IN,
    line: "read and write the program's own cache of tokens and credentials",
    lineOf: {
      login: "implied: login always stores the token",
      logout: "implied where no option names another cache",
      list: "implied: listings are cached in any case",
    },
  },
  "--refresh": {
    group: SIGN_IN,
    value: "{auto|on|off}",
    line: "refresh the token when it is about to expire (default), now, or never",
  },
  "--sign-in": {
    group: SIGN_IN,
    value: "{auto|always|never}",
    line: "sign in when it is needed (default), in any case, or never",
  },
  "--use-device-code": { group: SIGN_IN, line: "sign in by a code, with a browser on any machine" },
  "--no-browser": { group: SIGN_IN, line: "open nothing: say which URL to open" },
  "--remote": {
    group: SIGN_IN,
    line: "sign in with a browser on another machine: paste the address at which it ends",
  },
  "--callback-port": {
    group: SIGN_IN,
    value: "PORT",
    line: "the browser comes back to this port of this machine (default any free one)",
  },
  "--nrt": { group: SIGN_IN, line: "ask for a token that cannot be refreshed" },
  "--get-session-token": { group: STEPS, line: "first exchange long-term keys for a session" },
  "--get-federation-token": {
    group: STEPS,
    line: "first exchange an IAM user's keys for a session the console takes",
  },
  "--assume-roles": {
    group: STEPS,
    value: "LIST",
    line: "role ARNs in order: with commas, a JSON array, or file://PATH",
  },
  "--role-session-name": { group: STEPS, value: "NAME", line: "name of each session (default aws-login)" },
  "--external-id": { group: STEPS, value: "ID", line: "external id for each role" },
  "--source-identity": { group: STEPS, value: "NAME", line: "source identity for each role" },
  "--duration": {
    group: STEPS,
    value: "SECONDS",
    line: "lifetime of each session in seconds, 900 to 129600 (default AWS's)",
  },
  "--session-duration": { group: STEPS, value: "SECONDS", line: "another name of --duration" },
  "--mfa-serial": { group: STEPS, value: "ARN", line: "MFA device for the first STS call that needs one" },
  "--mfa-process": { group: STEPS, value: "COMMAND", line: "a command that prints the device's six digits" },
  "--mfa-token": {
    group: STEPS,
    value: "CODE",
    line: "the device's six digits (default: asked on the terminal)",
  },
  "--outform": {
    group: "Print as",
    value: "FORM",
    line: "one of linux, mac, windows, powershell, fish, env, json",
  },
  "--credential-helper": {
    group: "Print as",
    line: "one line of JSON for credential_process; by default --sign-in never",
  },
  "--clear": {
    group: "Print as",
    line: "the commands that unset what dumpcreds sets; acquires nothing",
  },
  "--command": { group: "Run", value: "STRING", line: "this command line, through the system's shell" },
  "--auto-refresh": {
    group: "Run",
    line: "an endpoint in place of keys, from which the program's AWS SDK gets new ones in time",
  },
  "--port": {
    group: "Serve",
    value: "PORT",
    line: "serve on this port of this machine (default any free one)",
  },
  "--detach": {
    group: "Serve",
    line: "serve in the background: returns once it serves, ends with this shell",
  },
  "--keep": { group: "Serve", line: "with --detach: serve on when this shell has ended" },
  "--profiles": {
    group: "Serve",
    line: "also serve every profile, at the printed URL followed by /profile/NAME",
  },
  "--imds": {
    group: "Serve",
    line: "also serve as EC2 instance metadata, for containers: no secret guards it",
  },
  "--bind": {
    group: "Serve",
    value: "ADDRESS",
    line: "with --imds: serve metadata alone at this IP address",
  },
  "--destination": { group: "Open", value: "PLACE", line: "a service such as s3, a page of one, or a URL" },
  "--copy": { group: "Open", line: "put the URL, a secret, on the clipboard too" },
  "--portal-link": {
    group: "Open",
    line: "an Identity Center role, by the access portal's own link: no secret in it",
  },
  "--logout-first": { group: "Open", line: "end the browser's console session first" },
  "--firefox-container": {
    group: "Open",
    value: "NAME",
    line: "in this container of Firefox (extension: Open external links in a container)",
  },
  "--chrome-profile": {
    group: "Open",
    value: "NAME",
    line: "in this profile of Chrome, Chromium, Brave or Edge",
  },
  "--sso-session-name": {
    group: "Write",
    value: "NAME",
    line: "name of the [sso-session] section (default my-sso)",
  },
  "--target-arn-profiles": {
    group: "Write",
    value: "LIST",
    line: "roles to assume: each gets a profile",
  },
  "--profile-name": {
    group: "Write",
    value: "TEMPLATE",
    line: "names made of {account_name}, {account_id}, {role}, {email}; {role|lower}, {role|slug}",
  },
  "--only": { group: "Write", value: "WORDS", line: "only roles in which each of these words occurs" },
  "--except": {
    group: "Write",
    value: "WORDS",
    line: "leave out roles in which each of these words occurs; --only and --except may be repeated",
  },
  "--credential-process": { group: "Write", line: "profiles that run this program, for SDKs without sso" },
  "--write": { group: "Write", line: "merge into the config file instead of printing" },
  "--offline": { group: "Also", line: "ask no server, and run no credential_process" },
  "--format": {
    group: "Print as",
    value: "{json|tsv}",
    choicesOf: { status: ["json"] },
    line: "for programs (default text for a person); status takes json only",
    lineOf: {
      list: "for programs (default a table)",
      status: "for programs (default a report for a person)",
    },
  },
  "--reload": { group: "Also", line: "ask the portals anew instead of using the cached listings" },
  "--sessions": { group: "Also", line: "list sign-ins and cached credentials, and when they end" },
  "--dry-run": {
    group: "Write",
    line: "print what --write would change as a diff; status 1 if there is a change",
  },
  "--prune": { group: "Write", line: "remove the profiles of roles that you no longer have" },
  "--rename": { group: "Write", line: "rename profiles whose account has another name now" },
  "--region": {
    group: "Also",
    value: "REGION",
    line: "region for STS, the console, the program run and new profiles",
    lineOf: {
      login: "region of a sign-in with console credentials, and of its profile",
      ...{ logout: NO_REGION, importcache: NO_REGION, list: NO_REGION },
    },
  },
  "--verbose": { group: "Also", line: "a line on stderr for each decision and each request" },
};
