/** What a person is told of sections that were there before `dumpconfig --write` came by. Pure. */
import type { Merge } from "../../config/merge-profiles.ts";
import { wantedValue } from "../../config/other-source.ts";
import type { WantedSection } from "../../config/section-text.ts";
import { nameList } from "../../lib/name-list.ts";
import { portalKey } from "../../sso/own-token-cache.ts";

/** Whoever uses the profile gets another identity when one of these changes. */
const IDENTIFYING: ReadonlySet<string> = new Set([
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "source_profile",
  "role_arn",
]);

/** One line each, without a prefix. `targets` are the profiles that are to assume a role from one of the others. */
export function mergeWarnings(
  { replaced, left }: Pick<Merge, "replaced" | "left">,
  path: string,
  targets: readonly WantedSection[],
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
  { name }: WantedSection,
  { key, file, line }: Merge["left"][number]["has"],
  targets: readonly WantedSection[],
): string {
  const users = targets.filter((target) => wantedValue(target, "source_profile") === name);
  const used =
    users.length === 0
      ? ""
      : `, and ${nameList(users.map((target) => `[profile ${target.name}]`))} will start from it`;
  return `[profile ${name}] is left as it is: it has a source of its own, ${key} (${file}:${line})${used}; rename it to have both`;
}

function portalWarning({ section, key, before }: Merge["replaced"][number]): string[] {
  const now = wantedValue(section, key);
  if (key !== "sso_start_url" || now === undefined || portalKey(before) === portalKey(now)) return [];
  return [
    `[sso-session ${section.name}] was for ${before}: whatever uses it signs in to ${now} now (--sso-session-name gives a section of its own)`,
  ];
}

/** A session of another name changes thousands of profiles in the same way: those are told together. */
function changeWarnings(changes: Merge["replaced"], path: string): string[] {
  const alike = Map.groupBy(
    changes.filter(({ before }) => before !== ""),
    ({ section, key, before }) => JSON.stringify([key, before, wantedValue(section, key)]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { section, key, before } = first;
    const names = nameList(group.map((each) => `[profile ${each.section.name}]`));
    return [`in ${path} the ${key} of ${names} was ${before} and is ${wantedValue(section, key)} now`];
  });
}
