/**
 * The table of options. Parsing, help and completion read the table. It holds only
 * what parsing needs, because every start pays for it; `option-help.ts` has the words.
 */
import { RUN_COMMANDS, type RunCommand } from "./command-names.ts";
import type { Options } from "./option-record.ts";

/** The members of `Options` whose value is a `T`. */
type FieldsOf<T> = {
  [F in keyof Options]-?: NonNullable<Options[F]> extends T
    ? T extends NonNullable<Options[F]>
      ? F
      : never
    : never;
}[keyof Options];
export type TextField = FieldsOf<string>;
export type ChoiceField = "refresh" | "signIn" | "outform" | "format";
/** `words` are no option. */
export type ListField = Exclude<FieldsOf<readonly string[]>, "words">;

interface Common {
  /** With its dashes. */
  readonly name: `--${string}`;
  readonly short?: `-${string}`;
  readonly commands: readonly RunCommand[];
}
interface FlagOption extends Common {
  readonly kind: "flag";
  readonly field: FieldsOf<boolean>;
}
interface TextOption extends Common {
  readonly kind: "text";
  readonly field: TextField;
  /** No message repeats the value. */
  readonly secret?: true;
}
/** A text whose repetitions add up. */
interface ListOption extends Common {
  readonly kind: "list";
  readonly field: ListField;
}
interface SecondsOption extends Common {
  readonly kind: "seconds";
  readonly field: "duration";
}
interface PortOption extends Common {
  readonly kind: "port";
  readonly field: "callbackPort" | "port";
}
/** `values` maps each accepted word, in lower case, to what it means. */
export type ChoiceOption<F extends ChoiceField = ChoiceField> = {
  [K in F]: Common & {
    readonly kind: "choice";
    readonly field: K;
    readonly values: Readonly<Record<string, NonNullable<Options[K]>>>;
  };
}[F];
export type OptionSpec = FlagOption | TextOption | ListOption | SecondsOption | PortOption | ChoiceOption;

const EVERY = RUN_COMMANDS;
/** The commands that acquire an identity and do something with it. */
const ACQUIRE = ["console", "dumpcreds", "getcallerid", "runas", "serve", "status"] as const;
/** The commands that need an Identity Center token, and may have to sign in for it. */
const TOKEN = [...ACQUIRE, "dumpconfig", "list"] as const;
const TOKEN_FILE = [...TOKEN, "importcache"] as const;
const SIGN_IN = [...TOKEN, "login"] as const;
const PORTAL = [...SIGN_IN, "logout"] as const;
/** `importcache` needs a token file, which contradicts a profile; `list` lists all profiles. */
const PROFILE = [...ACQUIRE, "dumpconfig", "login", "logout"] as const;

/** The commands that print variables for a shell. */
const PRINT = ["dumpcreds", "serve"] as const;

const REFRESH = { auto: "auto", on: "on", off: "off", force: "on", true: "on", false: "off" } as const;
const SIGN_IN_CHOICES = { auto: "auto", always: "always", never: "never" } as const;
const OUTFORM = {
  linux: "linux",
  mac: "mac",
  windows: "windows",
  powershell: "powershell",
  fish: "fish",
  env: "env",
  json: "json",
} as const;
const FORMAT = { json: "json", tsv: "tsv" } as const;

/** Every option but `-h`, `--help` and `--version`, in the order of the help. */
export const OPTIONS = [
  { name: "--profile", kind: "text", field: "profile", commands: PROFILE },
  { name: "--certificate", kind: "text", field: "certificate", commands: ACQUIRE },
  { name: "--private-key", kind: "text", field: "privateKey", commands: ACQUIRE },
  {
    name: "--private-key-password-file",
    kind: "text",
    field: "privateKeyPasswordFile",
    commands: ACQUIRE,
  },
  { name: "--intermediates", kind: "text", field: "intermediates", commands: ACQUIRE },
  { name: "--trust-anchor-arn", kind: "text", field: "trustAnchorArn", commands: ACQUIRE },
  { name: "--profile-arn", kind: "text", field: "profileArn", commands: ACQUIRE },
  { name: "--web-identity-token", kind: "text", field: "webIdentityToken", commands: ACQUIRE },
  { name: "--role-arn", kind: "text", field: "roleArn", commands: ACQUIRE },
  { name: "--endpoint", kind: "text", field: "endpoint", commands: ACQUIRE },
  { name: "--start-url", kind: "text", field: "startUrl", commands: [...PORTAL, "importcache"] },
  { name: "--sso-region", kind: "text", field: "ssoRegion", commands: [...PORTAL, "importcache"] },
  { name: "--sso-session", kind: "text", field: "ssoSession", commands: PORTAL },
  { name: "--sso-acct-id", kind: "text", field: "ssoAcctId", commands: ACQUIRE },
  { name: "--sso-role-name", kind: "text", field: "ssoRoleName", commands: ACQUIRE },
  { name: "--sso-access-token", kind: "text", field: "ssoAccessToken", secret: true, commands: TOKEN },
  { name: "--accesstoken-cache", kind: "text", field: "accesstokenCache", commands: TOKEN_FILE },
  { name: "--use-cache", kind: "flag", field: "useCache", commands: PORTAL },
  { name: "--refresh", kind: "choice", field: "refresh", values: REFRESH, commands: TOKEN },
  { name: "--sign-in", kind: "choice", field: "signIn", values: SIGN_IN_CHOICES, commands: SIGN_IN },
  { name: "--use-device-code", kind: "flag", field: "useDeviceCode", commands: SIGN_IN },
  { name: "--no-browser", kind: "flag", field: "noBrowser", commands: SIGN_IN },
  { name: "--remote", kind: "flag", field: "remote", commands: SIGN_IN },
  { name: "--callback-port", kind: "port", field: "callbackPort", commands: SIGN_IN },
  { name: "--nrt", kind: "flag", field: "nrt", commands: SIGN_IN },
  { name: "--get-session-token", kind: "flag", field: "getSessionToken", commands: ACQUIRE },
  { name: "--get-federation-token", kind: "flag", field: "getFederationToken", commands: ACQUIRE },
  { name: "--assume-roles", kind: "text", field: "assumeRoles", commands: ACQUIRE },
  { name: "--role-session-name", kind: "text", field: "roleSessionName", commands: ACQUIRE },
  { name: "--external-id", kind: "text", field: "externalId", commands: ACQUIRE },
  { name: "--source-identity", kind: "text", field: "sourceIdentity", commands: ACQUIRE },
  { name: "--duration", kind: "seconds", field: "duration", commands: ACQUIRE },
  { name: "--session-duration", kind: "seconds", field: "duration", commands: ACQUIRE },
  { name: "--mfa-serial", kind: "text", field: "mfaSerial", commands: ACQUIRE },
  { name: "--mfa-process", kind: "text", field: "mfaProcess", commands: ACQUIRE },
  { name: "--mfa-token", kind: "text", field: "mfaToken", secret: true, commands: ACQUIRE },
  { name: "--outform", kind: "choice", field: "outform", values: OUTFORM, commands: PRINT },
  { name: "--credential-helper", kind: "flag", field: "credentialHelper", commands: ["dumpcreds"] },
  { name: "--clear", kind: "flag", field: "clear", commands: ["dumpcreds"] },
  { name: "--command", short: "-c", kind: "text", field: "command", commands: ["runas"] },
  { name: "--auto-refresh", kind: "flag", field: "autoRefresh", commands: ["runas"] },
  { name: "--port", kind: "port", field: "port", commands: ["serve"] },
  { name: "--detach", kind: "flag", field: "detach", commands: ["serve"] },
  { name: "--keep", kind: "flag", field: "keep", commands: ["serve"] },
  { name: "--profiles", kind: "flag", field: "profiles", commands: ["serve"] },
  { name: "--imds", kind: "flag", field: "imds", commands: ["serve"] },
  { name: "--bind", kind: "text", field: "bind", commands: ["serve"] },
  { name: "--destination", kind: "text", field: "destination", commands: ["console"] },
  { name: "--copy", kind: "flag", field: "copy", commands: ["console"] },
  { name: "--portal-link", kind: "flag", field: "portalLink", commands: ["console"] },
  { name: "--logout-first", kind: "flag", field: "logoutFirst", commands: ["console"] },
  { name: "--firefox-container", kind: "text", field: "firefoxContainer", commands: ["console"] },
  { name: "--chrome-profile", kind: "text", field: "chromeProfile", commands: ["console"] },
  { name: "--sso-session-name", kind: "text", field: "ssoSessionName", commands: ["dumpconfig"] },
  { name: "--target-arn-profiles", kind: "text", field: "targetArnProfiles", commands: ["dumpconfig"] },
  { name: "--profile-name", kind: "text", field: "profileName", commands: ["dumpconfig"] },
  { name: "--only", kind: "list", field: "only", commands: ["dumpconfig"] },
  { name: "--except", kind: "list", field: "except", commands: ["dumpconfig"] },
  { name: "--credential-process", kind: "flag", field: "credentialProcess", commands: ["dumpconfig"] },
  { name: "--write", kind: "flag", field: "write", commands: ["dumpconfig"] },
  { name: "--format", kind: "choice", field: "format", values: FORMAT, commands: ["status", "list"] },
  { name: "--offline", kind: "flag", field: "offline", commands: ["status"] },
  { name: "--reload", kind: "flag", field: "reload", commands: ["list"] },
  { name: "--sessions", kind: "flag", field: "sessions", commands: ["list"] },
  { name: "--dry-run", kind: "flag", field: "dryRun", commands: ["dumpconfig"] },
  { name: "--prune", kind: "flag", field: "prune", commands: ["dumpconfig"] },
  { name: "--rename", kind: "flag", field: "rename", commands: ["dumpconfig"] },
  { name: "--region", kind: "text", field: "region", commands: EVERY },
  { name: "--verbose", kind: "flag", field: "verbose", commands: EVERY },
] as const satisfies readonly OptionSpec[];

export type OptionName = (typeof OPTIONS)[number]["name"];

const SPECS: readonly OptionSpec[] = OPTIONS;

/**
 * The option that `name` (`--region`, `-c`) stands for. A plain loop: the first array method that takes a
 * function costs a start more than the rest of parsing.
 */
export function findOption(name: string): OptionSpec | undefined {
  for (const spec of SPECS) {
    if (spec.name === name || spec.short === name) return spec;
  }
  return undefined;
}
