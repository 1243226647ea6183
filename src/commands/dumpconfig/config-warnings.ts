/** The warnings about sections that a config file had before `dumpconfig --write`. Pure. */
import { type ConfigSection, settingValue } from "../../config/config-section.ts";
import type { MergeResult } from "../../config/merge-profiles.ts";
import { portalKey } from "../../lib/portal-key.ts";
import { nameList } from "../../lib/suggest.ts";

/** The settings that decide which identity a profile has. */
const IDENTIFYING: ReadonlySet<string> = new Set([
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "source_profile",
  "role_arn",
  "credential_process",
]);

/** One line each, without a prefix. `targets` are the profiles that assume a role from one of the others. */
export function mergeWarnings(
  { replaced, left }: Pick<MergeResult, "replaced" | "left">,
  path: string,
  targets: readonly ConfigSection[],
): string[] {
  return [
    ...left.map(({ section, has }) => leftWarning(section, has, targets)),
    ...replaced.flatMap(portalWarning),
    ...changeWarnings(
      replaced.filter(({ key }) => IDENTIFYING.has(key)),
      path,
    ),
  ];
}

function leftWarning(
  { name }: ConfigSection,
  { key, file, line }: MergeResult["left"][number]["has"],
  targets: readonly ConfigSection[],
): string {
  const users = targets.filter((target) => settingValue(target, "source_profile") === name);
  const used =
    users.length === 0
      ? ""
      : `, and ${nameList(users.map((target) => `[profile ${target.name}]`))} will use it`;
  return `[profile ${name}] is left as it is: it has a source of its own, ${key} (${file}:${line})${used}; rename it to have both`;
}

function portalWarning({ section, key, before }: MergeResult["replaced"][number]): string[] {
  const now = settingValue(section, key);
  if (section.kind !== "sso-session" || now === undefined || before === "") return [];
  const name = `[sso-session ${section.name}]`;
  if (key === "sso_region") {
    return [`the sso_region of ${name} was ${before} and is ${now} now, the region of this sign-in`];
  }
  if (key !== "sso_start_url" || portalKey(before) === portalKey(now)) return [];
  return [
    `${name} was for ${before}: whatever uses it signs in to ${now} now (--sso-session-name gives a section of its own)`,
  ];
}

/** One warning for all profiles that change in the same way: a new session name changes thousands. */
function changeWarnings(changes: MergeResult["replaced"], path: string): string[] {
  const alike = Map.groupBy(
    changes.filter(({ before }) => before !== ""),
    ({ section, key, before }) => JSON.stringify([key, before, settingValue(section, key)]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { section, key, before } = first;
    const names = nameList(group.map((each) => `[profile ${each.section.name}]`));
    return [`in ${path} the ${key} of ${names} was ${before} and is ${settingValue(section, key)} now`];
  });
}
