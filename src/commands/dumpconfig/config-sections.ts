/** The sections that `dumpconfig` makes of a portal and of the roles a user has there. Pure. */
import type { ConfigLine, ConfigSection } from "../../config/config-section.ts";
import { Failure } from "../../lib/errors.ts";
import { nameList } from "../../lib/suggest.ts";
import type { AccountAccess } from "../../sso/list-access.ts";
import { profileNames } from "./profile-names.ts";
import type { TargetProfile } from "./target-profiles.ts";

export interface ConfigSections {
  readonly session: ConfigSection;
  /** By name, in the order of code points. */
  readonly profiles: readonly ConfigSection[];
  /** In the same order. */
  readonly targets: readonly ConfigSection[];
  /** Roles without a profile: a reader would not read their names as they are. */
  readonly unwritable: readonly { readonly accountId: string; readonly role: string }[];
}

export interface SessionInput {
  readonly name: string;
  readonly region: string;
  /** Undefined when it is unknown: neither an option nor the token names it. */
  readonly startUrl: string | undefined;
}

export interface ConfigInput {
  readonly session: SessionInput;
  /** The region of every profile; undefined leaves each a commented one to fill in. */
  readonly region: string | undefined;
  readonly accounts: readonly AccountAccess[];
  readonly targets: readonly TargetProfile[];
  /** Names that profiles of another portal have: they count as collisions. */
  readonly takenNames?: ReadonlySet<string>;
}

/** A token with this scope can be refreshed and lists accounts and roles. */
const accountAccess = "sso:account:access";
const roleSessionName = "aws-login";

/**
 * Throws a Failure for a target whose source is not among the roles, for two targets with one name, and for a value
 * that readers would not read back as it is.
 */
export function configSections({
  session,
  region,
  accounts,
  targets,
  takenNames,
}: ConfigInput): ConfigSections {
  const all = accounts.flatMap(({ accountId, accountName, roles }) =>
    roles.map((role) => ({ accountId, account: accountName || accountId, role, fullRole: role })),
  );
  const { writable: roles = [], unwritable = [] } = Object.groupBy(all, ({ accountId, role }) =>
    isPlain(accountId) && isPlain(role) ? "writable" : "unwritable",
  );
  const names = profileNames([...roles, ...targets.map(targetName)], takenNames);
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

/** Throws a Failure for a value that readers would not read back as it is. */
export function sessionSection({ name, region, startUrl }: SessionInput): ConfigSection {
  return section("sso-session", name, [
    { key: "sso_region", value: region },
    settingOr("# sso_start_url = https://YOUR.START.URL.HERE", "sso_start_url", startUrl),
    { key: "sso_registration_scopes", value: accountAccess },
  ]);
}

function settingOr(placeholder: string, key: string, value: string | undefined): ConfigLine {
  return value === undefined ? { comment: placeholder } : { key, value, placeholder };
}

function targetName({ accountId, accountName, resource }: TargetProfile) {
  const role = resource.slice(resource.lastIndexOf("/") + 1);
  return { account: accountName ?? accountId, accountId, role, fullRole: resource };
}

/** A value that the portal sends must not add lines of its own, such as a `credential_process`. */
function section(kind: ConfigSection["kind"], name: string, lines: readonly ConfigLine[]): ConfigSection {
  for (const line of lines) {
    if ("comment" in line || isPlain(line.value)) continue;
    throw new Failure(
      "failed",
      `cannot write ${line.key} of [${kind} ${name}]: a reader would not read ${JSON.stringify(line.value)} back as it is`,
      {
        hints: ["use a value without blanks at its ends, control characters and a # or ; after a blank"],
      },
    );
  }
  return { kind, name, lines };
}

/** Whether every reader reads the value back as it is, and a person sees all of it: no outer blanks, no comment. */
function isPlain(value: string): boolean {
  return (
    value !== "" && value === value.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?:^|\s)[#;]/u.test(value)
  );
}

function missingSource(target: TargetProfile, accounts: readonly AccountAccess[]): Failure {
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
  targets: readonly TargetProfile[],
  targetNames: readonly string[],
  allNames: readonly string[],
): void {
  for (const [index, name] of targetNames.entries()) {
    if (allNames.indexOf(name) === allNames.lastIndexOf(name)) continue;
    const others = targets.filter((_, other) => other !== index && targetNames[other] === name);
    throw new Failure(
      "failed",
      `cannot name the profile of ${targets[index]?.where}: ${others[0]?.where ?? "a role of yours"} already has the name ${name}`,
      { hints: ["give them different TargetAccountName values"] },
    );
  }
}

/** Names hold ASCII only, for which the order of code units is that of code points. */
function byName(one: ConfigSection, other: ConfigSection): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
