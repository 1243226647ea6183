/** The record of options that a command gets. Types only. */
import type { ListFormat, Outform, RefreshMode, SignInMode } from "../lib/option-choices.ts";

/**
 * The options of a command line. A text option that was not given is absent; one that was given is not empty and has the
 * form that its option requires. Lists and `file://` references are as the caller wrote them.
 */
export interface Options {
  readonly profile?: string;
  readonly region?: string;
  /** The files of Roles Anywhere, as they were named. */
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly privateKeyPasswordFile?: string;
  readonly intermediates?: string;
  readonly trustAnchorArn?: string;
  readonly profileArn?: string;
  /** A file; `-` stands for stdin, and `github` for a token that GitHub Actions gives. Never a token. */
  readonly webIdentityToken?: string;
  /** The role of the credential source; those of `assumeRoles` follow it. */
  readonly roleArn?: string;
  /** The URL of Roles Anywhere. */
  readonly endpoint?: string;
  readonly verbose: boolean;
  readonly startUrl?: string;
  /** Absent when not given: a stored token's own region comes before the default. */
  readonly ssoRegion?: string;
  readonly ssoSession?: string;
  /** Twelve digits. */
  readonly ssoAcctId?: string;
  readonly ssoRoleName?: string;
  /** A secret; `-` stands for "read it from stdin". */
  readonly ssoAccessToken?: string;
  readonly accesstokenCache?: string;
  /** As on the command line: `login` implies it without setting it. */
  readonly useCache: boolean;
  readonly refresh: RefreshMode;
  /** When not given: `never` with `--credential-helper`, else `auto`. */
  readonly signIn: SignInMode;
  readonly useDeviceCode: boolean;
  readonly noBrowser: boolean;
  readonly nrt: boolean;
  /** The browser is on another machine. */
  readonly remote: boolean;
  /** 1 to 65535. */
  readonly callbackPort?: number;
  readonly getSessionToken: boolean;
  readonly getFederationToken: boolean;
  readonly assumeRoles?: string;
  readonly roleSessionName?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  /** Seconds, 900 to 129600. */
  readonly duration?: number;
  readonly mfaSerial?: string;
  /** Six digits; a secret. */
  readonly mfaToken?: string;
  /** A command line that prints them. */
  readonly mfaProcess?: string;
  /** Absent when not given: the default is the platform's. */
  readonly outform?: Outform;
  readonly credentialHelper: boolean;
  readonly clear: boolean;
  readonly command?: string;
  /** `runas`: the program gets a credential endpoint in the place of keys. */
  readonly autoRefresh: boolean;
  /** `serve`: 1 to 65535. Absent when not given: a free one. */
  readonly port?: number;
  readonly detach: boolean;
  readonly keep: boolean;
  readonly profiles: boolean;
  readonly imds: boolean;
  /** An IP address. */
  readonly bind?: string;
  readonly ssoSessionName?: string;
  readonly targetArnProfiles?: string;
  readonly write: boolean;
  readonly dryRun: boolean;
  /** A template with fields in braces. */
  readonly profileName?: string;
  /** Of each repetition the words as one text. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly credentialProcess: boolean;
  readonly prune: boolean;
  readonly rename: boolean;
  readonly destination?: string;
  readonly copy: boolean;
  readonly portalLink: boolean;
  readonly logoutFirst: boolean;
  readonly firefoxContainer?: string;
  readonly chromeProfile?: string;
  /** The words after the command, which look for an identity; never empty. Absent without words. */
  readonly words?: readonly string[];
  /** Absent when not given: a table. */
  readonly format?: ListFormat;
  readonly offline: boolean;
  readonly reload: boolean;
  readonly sessions: boolean;
}
