/** The sections that `dumpconfig` makes of a portal and of what a person may use there. Pure. */
import { Failure } from "../../lib/errors.ts";
import { nameList } from "../../lib/name-list.ts";
import { profileNames } from "./profile-names.ts";

/** A line of a section: a setting, with the comment whose place it takes, or such a comment. */
export type SectionLine =
  | { readonly key: string; readonly value: string; readonly placeholder?: string }
  | { readonly comment: string };

export interface ConfigSection {
  readonly kind: "sso-session" | "profile";
  readonly name: string;
  readonly lines: readonly SectionLine[];
}

export interface ConfigSections {
  readonly session: ConfigSection;
  /** By name, in the order of code points; so are the next. */
  readonly profiles: readonly ConfigSection[];
  readonly targets: readonly ConfigSection[];
  /** Roles without a profile: no reader would find their names as they are. */
  readonly unwritable: readonly { readonly accountId: string; readonly role: string }[];
}

export interface SessionFacts {
  readonly name: string;
  readonly region: string;
  /** Undefined when nobody said where the portal is. */
  readonly startUrl: string | undefined;
}

/** An account with the roles that a person has there. */
export interface AccountFacts {
  readonly accountId: string;
  readonly accountName: string | undefined;
  readonly roles: readonly string[];
}

/** A role to be assumed from one of those. */
export interface TargetFacts {
  readonly sourceAccountId: string;
  readonly sourceRoleName: string;
  readonly targetArn: string;
  /** Parts of the ARN: the account, and `role/PATH/NAME`. */
  readonly accountId: string;
  readonly resource: string;
  readonly accountName: string | undefined;
  readonly region: string | undefined;
  /** How a message names it. */
  readonly where: string;
}

export interface ConfigFacts {
  readonly session: SessionFacts;
  /** The region for every profile; undefined leaves each a commented one to fill in. */
  readonly region: string | undefined;
  readonly accounts: readonly AccountFacts[];
  readonly targets: readonly TargetFacts[];
}

/** The scope with which a token can be refreshed and lists accounts and roles. */
const accountAccess = "sso:account:access";
const roleSessionName = "aws-login";

/**
 * Throws a Failure for a target whose source is none of the roles, for targets that cannot be named apart, and for a
 * value that would not stand on its line alone.
 */
export function configSections({ session, region, accounts, targets }: ConfigFacts): ConfigSections {
  const all = accounts.flatMap(({ accountId, accountName, roles }) =>
    roles.map((role) => ({ accountId, account: accountName || accountId, role, fullRole: role })),
  );
  const { writable: roles = [], unwritable = [] } = Object.groupBy(all, ({ accountId, role }) =>
    isPlain(accountId) && isPlain(role) ? "writable" : "unwritable",
  );
  const names = profileNames([...roles, ...targets.map(targetName)]);
  const regionLine = (own: string | undefined) => settingOr(`#region = ${session.region}`, "region", own);

  const profiles = roles.map(({ accountId, role }, index) =>
    section("profile", names[index] ?? "", [
      { key: "sso_session", value: session.name },
      { key: "sso_account_id", value: accountId },
      { key: "sso_role_name", value: role },
      regionLine(region),
    ]),
  );
  const sourceNames = new Map(
    roles.map(({ accountId, role }, index) => [`${accountId} ${role}`, names[index] ?? ""]),
  );
  const targetProfiles = targets.map((target, index) => {
    const source = sourceNames.get(`${target.sourceAccountId} ${target.sourceRoleName}`);
    if (source === undefined) throw missingSource(target, accounts);
    return section("profile", names[roles.length + index] ?? "", [
      { key: "source_profile", value: source },
      { key: "role_arn", value: target.targetArn },
      { key: "role_session_name", value: roleSessionName },
      regionLine(target.region ?? region),
    ]);
  });
  refuseEqualNames(targets, names.slice(roles.length), names);
  return {
    session: sessionSection(session),
    profiles: profiles.toSorted(byName),
    targets: targetProfiles.toSorted(byName),
    unwritable: unwritable.map(({ accountId, role }) => ({ accountId, role })),
  };
}

function sessionSection({ name, region, startUrl }: SessionFacts): ConfigSection {
  return section("sso-session", name, [
    { key: "sso_region", value: region },
    settingOr("# sso_start_url = https://YOUR.START.URL.HERE", "sso_start_url", startUrl),
    { key: "sso_registration_scopes", value: accountAccess },
  ]);
}

function settingOr(placeholder: string, key: string, value: string | undefined): SectionLine {
  return value === undefined ? { comment: placeholder } : { key, value, placeholder };
}

function targetName({ accountId, accountName, resource }: TargetFacts) {
  const role = resource.slice(resource.lastIndexOf("/") + 1);
  return { account: accountName ?? accountId, accountId, role, fullRole: resource };
}

/** What comes from the portal must not be able to add lines of its own, such as a `credential_process`. */
function section(kind: ConfigSection["kind"], name: string, lines: readonly SectionLine[]): ConfigSection {
  for (const line of lines) {
    if ("comment" in line || isPlain(line.value)) continue;
    throw new Failure(
      "failed",
      `cannot write ${line.key} of [${kind} ${name}]: no reader would find ${JSON.stringify(line.value)} as it is`,
      {
        hints: [
          "name another, without blanks at its ends, control characters and a # or ; that begins a comment",
        ],
      },
    );
  }
  return { kind, name, lines };
}

/** Whether every reader finds the value as it was written, and sees all of it: no outer blanks, no comment. */
function isPlain(value: string): boolean {
  return (
    value !== "" && value === value.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?:^|\s)[#;]/u.test(value)
  );
}

function missingSource(target: TargetFacts, accounts: readonly AccountFacts[]): Failure {
  const { sourceAccountId, sourceRoleName, where } = target;
  const account = accounts.find(({ accountId }) => accountId === sourceAccountId);
  const why =
    account === undefined
      ? `you have no role in account ${sourceAccountId}`
      : `you have no role ${sourceRoleName} in account ${sourceAccountId}`;
  const hint =
    account === undefined
      ? `your accounts are: ${nameList(accounts.map(({ accountId }) => accountId))}`
      : `your roles there are: ${nameList(account.roles)}`;
  return new Failure(
    "failed",
    `cannot make a profile for ${target.targetArn} (${where}): its source, ${sourceRoleName} in ${sourceAccountId}, is missing: ${why}`,
    { hints: [hint] },
  );
}

function refuseEqualNames(
  targets: readonly TargetFacts[],
  targetNames: readonly string[],
  allNames: readonly string[],
): void {
  for (const [index, name] of targetNames.entries()) {
    if (allNames.indexOf(name) === allNames.lastIndexOf(name)) continue;
    const others = targets.filter((_, other) => other !== index && targetNames[other] === name);
    throw new Failure(
      "failed",
      `cannot name the profile of ${targets[index]?.where}: ${others[0]?.where ?? "a role of yours"} has the name ${name} already`,
      { hints: ["tell them apart by TargetAccountName"] },
    );
  }
}

/** Names hold safe characters alone, for which the order of code units is that of code points. */
function byName(one: ConfigSection, other: ConfigSection): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
