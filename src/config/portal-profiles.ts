/** Which Identity Center portal the profiles of a config file belong to. Pure. */
import { portalKey } from "../lib/portal-key.ts";
import { type ConfigSection, settingValue } from "./config-section.ts";
import type { IniFile, IniSection } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";
import { type SectionKind, sectionName } from "./section-name.ts";

/** The sections of one kind by name, each a map from key to value; of a repeated section the last value counts. */
function sectionsOf(file: IniFile, kind: SectionKind): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  for (const section of file.sections) {
    const found = sectionName(section.header);
    if (found?.kind !== kind) continue;
    sections.set(found.name, new Map([...(sections.get(found.name) ?? []), ...valuesOf(file, section)]));
  }
  return sections;
}

function valuesOf(file: IniFile, section: IniSection): [string, string][] {
  return [...readProperties(file, section)].map(([key, { value }]) => [key, value]);
}

/** The start URL of each `[sso-session]` of the file; empty where the section has none. */
export function startUrlsOf(file: IniFile): ReadonlyMap<string, string> {
  const sessions = sectionsOf(file, "sso-session");
  return new Map([...sessions].map(([name, values]) => [name, values.get("sso_start_url") ?? ""]));
}

/**
 * The names of the profiles that belong to another portal than `session`: by an `sso_session` of the file, or by an
 * `sso_start_url` of their own. A profile whose session has no section belongs to no portal. `session` is the section
 * to be written.
 */
export function namesOfOtherPortals(file: IniFile, session: ConfigSection): ReadonlySet<string> {
  const wanted = portalKey(settingValue(session, "sso_start_url") ?? "");
  const startUrls = startUrlsOf(file);
  const names = new Set<string>();
  for (const [name, values] of sectionsOf(file, "profile")) {
    const own = values.get("sso_session");
    if (own === session.name) continue;
    const startUrl = own ? startUrls.get(own) : values.get("sso_start_url") || undefined;
    if (startUrl !== undefined && portalKey(startUrl) !== wanted) names.add(name);
  }
  return names;
}

/**
 * The names of the profiles that would change to another portal with `session`: the file has a session of that name
 * with another start URL, they belong to it, and none of `profiles`, the ones to be written, has their account and role.
 * With an account and role that is written, the portal has moved to another address.
 */
export function namesLosingTheirPortal(
  file: IniFile,
  session: ConfigSection,
  profiles: readonly ConfigSection[],
): readonly string[] {
  const before = startUrlsOf(file).get(session.name);
  const after = settingValue(session, "sso_start_url");
  if (!before || after === undefined || portalKey(before) === portalKey(after)) return [];
  const roleOf = (account: string | undefined, role: string | undefined) => JSON.stringify([account, role]);
  const written = new Set(
    profiles.map((profile) =>
      roleOf(settingValue(profile, "sso_account_id"), settingValue(profile, "sso_role_name")),
    ),
  );
  return [...sectionsOf(file, "profile")]
    .filter(([, values]) => values.get("sso_session") === session.name)
    .filter(([, values]) => !written.has(roleOf(values.get("sso_account_id"), values.get("sso_role_name"))))
    .map(([name]) => name);
}
