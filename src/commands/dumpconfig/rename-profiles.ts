/** New names for profiles of a config file. Pure. */
import type { IniFile } from "../../config/ini.ts";
import { readEntries } from "../../config/ini-properties.ts";
import { sectionHeader, sectionName } from "../../config/section-name.ts";

/**
 * The renames that can be made: without those whose new name another profile has and keeps. `wanted` leads from the old
 * name to the new one.
 */
export function possibleRenames(
  wanted: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const renames = new Map([...wanted].filter(([old, now]) => old !== now));
  for (let refused = true; refused; ) {
    refused = false;
    for (const [old, now] of renames) {
      if (!taken.has(now) || renames.has(now)) continue;
      renames.delete(old);
      refused = true;
    }
  }
  return renames;
}

/** The text with the new names, in the headers and wherever a `source_profile` has an old one. */
export function renameProfiles(file: IniFile, renames: ReadonlyMap<string, string>): string {
  if (renames.size === 0) return file.text;
  const { text } = file;
  let result = "";
  let at = 0;
  const replace = (from: number, to: number, by: string) => {
    result += text.slice(at, from) + by;
    at = to;
  };
  for (const section of file.sections) {
    const found = sectionName(section.header);
    if (found?.kind !== "profile") continue;
    const now = renames.get(found.name);
    if (now !== undefined && section.header !== "default") {
      replace(section.start, text.indexOf("]", section.start) + 1, sectionHeader("profile", now));
    }
    for (const { key, value } of readEntries(file, section)) {
      const source = key === "source_profile" && renames.get(text.slice(value.from, value.to));
      if (source) replace(value.from, value.to, source);
    }
  }
  return result + text.slice(at);
}

/** The names of all profiles of the file. */
export function profileNamesOf(file: IniFile): ReadonlySet<string> {
  return new Set(
    file.sections.flatMap(({ header }) => {
      const found = sectionName(header);
      return found?.kind === "profile" ? [found.name] : [];
    }),
  );
}

/** The names that a `source_profile` of the file has. */
export function sourceProfilesOf(file: IniFile): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  for (const section of file.sections) {
    const found = sectionName(section.header);
    if (found?.kind !== "profile") continue;
    for (const { key, value } of readEntries(file, section)) {
      if (key === "source_profile") users.set(file.text.slice(value.from, value.to), found.name);
    }
  }
  return users;
}
