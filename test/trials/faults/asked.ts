/** The requests that a command makes, as far as it depends on them what trouble does to the command. */
import type { Fault } from "../../stand-in/faults.ts";
import type { RequestRecord } from "../../stand-in/records.ts";

/** What is asked for; requests of one kind bear trouble alike. */
export type RequestKind =
  | "sts"
  /** With an MFA code, which is good for one answer. */
  | "sts with a code"
  /** Unsigned. */
  | "sts with a web identity"
  /** Signed with the key of a certificate. */
  | "session of a certificate"
  /** For the job's token. */
  | "token of GitHub Actions"
  | "console token"
  /** With a duration, which AWS may refuse. */
  | "console token with a duration"
  | "login renewal"
  /** The code of a new sign-in with console credentials, which is good for one answer. */
  | "login code"
  | "role"
  | "accounts"
  /** The second page of them. */
  | "more accounts"
  /** The roles of one account among several. */
  | "roles of an account"
  | "logout"
  | "client"
  | "device code"
  | "device poll"
  | "authorization code"
  | "refresh"
  /** Of a token that is good still. */
  | "early refresh"
  | "container"
  | "metadata token"
  /** Of the newer folder, which the stand-in's machine does not have: 404. */
  | "newer metadata folder"
  | "metadata role name"
  | "metadata keys"
  | "metadata region";

export interface Asked {
  readonly kind: RequestKind;
  /** Tells its requests from those of others. */
  readonly match: NonNullable<Fault["match"]>;
  /** How many requests that match are made before it; default 0. */
  readonly after?: number;
  /** What an error says was attempted. */
  readonly attempt: RegExp;
}

const folder = "/latest/meta-data/iam/security-credentials";
const metadata = (kind: RequestKind, path: string, attempt = /instance metadata/): Asked => ({
  kind,
  match: { service: "imds", path },
  attempt,
});
const sts = (action: string, attempt: RegExp, kind: RequestKind = "sts"): Asked => ({
  kind,
  match: { service: "sts", action },
  attempt,
});
const oidc = (kind: RequestKind, action: string, attempt: RegExp): Asked => ({
  kind,
  match: { service: "oidc", action },
  attempt,
});
const portal = (kind: RequestKind, action: string, attempt: RegExp, contains?: string): Asked => ({
  kind,
  match: { service: "portal", action, ...(contains === undefined ? {} : { contains }) },
  attempt,
});
const signsIn = /cannot sign in to https:/;
const consoleToken: Asked = {
  kind: "console token",
  match: { service: "signin", action: "getSigninToken" },
  attempt: /cannot get a sign-in token for the console/,
};

/** Every request that the courses make. */
export const ask = {
  caller: sts("GetCallerIdentity", /cannot get the caller identity/),
  role: sts("AssumeRole", /cannot assume role arn:/),
  secondRole: { ...sts("AssumeRole", /cannot assume role arn:\S+ \(step 2 of 2\)/), after: 1 },
  roleWithCode: sts("AssumeRole", /cannot assume role arn:/, "sts with a code"),
  roleWithWebIdentity: sts(
    "AssumeRoleWithWebIdentity",
    /cannot assume role \S+ with a web identity/,
    "sts with a web identity",
  ),
  certificateSession: {
    kind: "session of a certificate",
    match: { service: "rolesanywhere", action: "CreateSession" },
    attempt: /cannot get role \S+ from Roles Anywhere/,
  },
  actionsToken: {
    kind: "token of GitHub Actions",
    match: { service: "actions", action: "GetIdToken" },
    attempt: /cannot get a token from GitHub Actions/,
  },
  sessionToken: sts("GetSessionToken", /cannot get a session token/),
  federationToken: sts("GetFederationToken", /cannot get a federation token/),
  consoleToken,
  consoleTokenWithDuration: { ...consoleToken, kind: "console token with a duration" },
  loginRenewal: {
    kind: "login renewal",
    match: { service: "signin", path: "/v1/token" },
    attempt: /cannot (renew|use) the login_session of profile dev/,
  },
  loginCode: {
    kind: "login code",
    match: { service: "signin", path: "/v1/token" },
    attempt: /cannot sign in to profile dev: /,
  },
  ssoRole: portal(
    "role",
    "GetRoleCredentials",
    /cannot (get the credentials of role \S+ in account|use the sign-in to )/,
  ),
  accounts: portal("accounts", "ListAccounts", /cannot (list your accounts|use the sign-in to https:)/),
  moreAccounts: {
    ...portal("more accounts", "ListAccounts", /cannot (list your accounts|use the sign-in to https:)/),
    after: 1,
  },
  rolesOfAccount: portal(
    "roles of an account",
    "ListAccountRoles",
    /cannot (list your roles in account 111111111111 \(my-acct-1\)|use the sign-in to https:)/,
    "account_id=111111111111",
  ),
  logout: portal("logout", "Logout", /cannot revoke the token of https:\S+, which is deleted here/),
  client: oidc("client", "RegisterClient", signsIn),
  deviceCode: oidc("device code", "StartDeviceAuthorization", signsIn),
  devicePoll: oidc("device poll", "CreateToken", signsIn),
  authorizationCode: oidc("authorization code", "CreateToken", signsIn),
  refresh: oidc("refresh", "CreateToken", /cannot (renew|use) the sign-in to https:/),
  earlyRefresh: oidc("early refresh", "CreateToken", /cannot renew the sign-in to https:/),
  container: {
    kind: "container",
    match: { service: "container" },
    attempt: /cannot get container credentials \(AWS_CONTAINER_CREDENTIALS_FULL_URI\)/,
  },
  metadataToken: metadata("metadata token", "/latest/api/token"),
  newerMetadataFolder: metadata("newer metadata folder", `${folder}-extended/`),
  metadataRoleName: metadata("metadata role name", `${folder}/`),
  metadataKeys: metadata("metadata keys", `${folder}/Machine`),
  metadataRegion: metadata("metadata region", "/latest/meta-data/placement/region"),
} as const satisfies Record<string, Asked>;

/** Whether this is one of its requests, whichever in order. */
export function isOf(asked: Asked, record: RequestRecord): boolean {
  const { service, action, path, contains } = asked.match;
  return (
    record.service === service &&
    (action === undefined || record.action === action) &&
    (path === undefined || record.path === path) &&
    (contains === undefined || `${record.query}\n${record.body}`.includes(contains))
  );
}

/** What browsers ask; everything else is asked by the program. */
const ofBrowsers: ReadonlySet<string> = new Set(["Authorize", "AnswerAuthorize", "login"]);
const pagesOfBrowsers: ReadonlySet<string> = new Set(["/v1/authorize", "/v1/sessions/confirmation"]);

export function askedByProgram(requests: readonly RequestRecord[]): RequestRecord[] {
  return requests.filter(({ action, path }) => !ofBrowsers.has(action ?? "") && !pagesOfBrowsers.has(path));
}
