/** The sections that `dumpconfig` makes of a portal and of the roles a user has there. Pure. */
import type { ConfigLine, ConfigSection } from "../../config/config-section.ts";
import { Failure } from "../../lib/errors.ts";
import { nameList } from "../../lib/suggest.ts";
import type { AccountAccess } from "../../sso/list-access.ts";
import { chooseNames, type NameInput } from "./choose-names.ts";
import { helperLine } from "./own-profiles.ts";
import { safeName } from "./profile-names.ts";
import { isSelected, type Selection } from "./select-roles.ts";
import type { TargetProfile } from "./target-profiles.ts";

export interface ConfigSections {
  readonly session: ConfigSection;
  /** By name, in the order of code points. */
  readonly profiles: readonly ConfigSection[];
  /** In the same order. */
  readonly targets: readonly ConfigSection[];
  /** Roles without a profile: a reader would not read their names as they are. */
  readonly unwritable: readonly { readonly accountId: string; readonly role: string }[];
  /** "ACCOUNT ROLE" for every role of the user, selected or not. */
  readonly roles: ReadonlySet<string>;
  /** New names for profiles that the file has, by the old ones. */
  readonly renames: ReadonlyMap<string, string>;
}

export interface SessionInput {
  readonly name: string;
  readonly region: string;
  /** Undefined when it is unknown: neither an option nor the token names it. */
  readonly startUrl: string | undefined;
}

export interface ConfigInput extends NameInput {
  readonly session: SessionInput;
  /** The region of every profile; undefined leaves each a commented one to fill in. */
  readonly region: string | undefined;
  readonly accounts: readonly AccountAccess[];
  readonly selection?: Selection;
  /** What a profile holds: the settings of Identity Center, or a command line of this program. Default: `sso`. */
  readonly form?: "sso" | "credential-process";
}

/** A role that gets a profile, unless it is not selected. */
interface NamedRole {
  readonly accountId: string;
  readonly role: string;
  readonly name: string;
}

/** A token with this scope can be refreshed and lists accounts and roles. */
const accountAccess = "sso:account:access";
const roleSessionName = "aws-login";

/**
 * Throws a Failure for a target whose source is not among the selected roles, for two targets with one name, and for a value
 * that readers would not read back as it is.
 */
export function configSections(input: ConfigInput): ConfigSections {
  const { session, region, accounts, targets, form = "sso" } = input;
  const all = accounts.flatMap(({ roles, ...account }) => roles.map((role) => ({ ...account, role })));
  const { writable: roles = [], unwritable = [] } = Object.groupBy(all, ({ accountId, role }) =>
    isWritable(accountId, form) && isWritable(role, form) ? "writable" : "unwritable",
  );
  if (form === "credential-process" && !isWritable(session.name, form)) throw unusableSession(session.name);
  const { names, targetNames, renames } = chooseNames(roles, input);
  const named = roles.map((role, index) => ({ ...role, name: names[index] ?? "" }));
  const selected = named.filter((role) => isSelected({ ...role, profile: role.name }, input.selection ?? {}));
  const regionLine = (own: string | undefined) => settingOr(`#region = ${session.region}`, "region", own);
  const targetProfiles = targets.map((target, index) => {
    const source = selected.find(
      ({ accountId, role }) => accountId === target.sourceAccountId && role === target.sourceRoleName,
    );
    if (source === undefined) throw missingSource(target, accounts, named);
    return section("profile", targetNames[index] ?? "", [
      { key: "source_profile", value: source.name },
      { key: "role_arn", value: target.targetArn },
      { key: "role_session_name", value: roleSessionName },
      regionLine(target.region ?? region),
    ]);
  });
  refuseEqualNames(targets, targetNames, [...names, ...targetNames]);
  return {
    session: sessionSection(session),
    profiles: selected
      .map((role) =>
        section("profile", role.name, [...identityLines(role, session.name, form), regionLine(region)]),
      )
      .toSorted(byName),
    targets: targetProfiles.toSorted(byName),
    unwritable: unwritable.map(({ accountId, role }) => ({ accountId, role })),
    roles: new Set(all.map(({ accountId, role }) => `${accountId} ${role}`)),
    renames,
  };
}

function identityLines(
  { accountId, role }: NamedRole,
  session: string,
  form: NonNullable<ConfigInput["form"]>,
): readonly ConfigLine[] {
  if (form === "credential-process") {
    return [{ key: "credential_process", value: helperLine(session, accountId, role) }];
  }
  return [
    { key: "sso_session", value: session },
    { key: "sso_account_id", value: accountId },
    { key: "sso_role_name", value: role },
  ];
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

/** In a command line only words that every shell and SDK reads as they are. */
function isWritable(value: string, form: NonNullable<ConfigInput["form"]>): boolean {
  return form === "sso" ? isPlain(value) : safeName(value) === value && /^[^-=@,]/.test(value);
}

function unusableSession(name: string): Failure {
  return new Failure(
    "usage",
    `cannot use --credential-process with [sso-session '${name}']: its name needs quotes`,
    {
      hints: ["give the section another name with: --sso-session-name NAME"],
    },
  );
}

function missingSource(
  target: TargetProfile,
  accounts: readonly AccountAccess[],
  named: readonly NamedRole[],
): Failure {
  const { sourceAccountId, sourceRoleName, where } = target;
  if (named.some(({ accountId, role }) => accountId === sourceAccountId && role === sourceRoleName)) {
    return new Failure(
      "usage",
      `cannot make a profile for ${target.targetArn} (${where}): its source, ${sourceRoleName} in ${sourceAccountId}, is not selected`,
      { hints: ["select that role too, with a further --only or without that --except"] },
    );
  }
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
