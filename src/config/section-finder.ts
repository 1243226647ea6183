/** Finds the sections of a name in the config file. Pure. */
import type { IniFile, IniSection } from "./ini.ts";
import { headerTest, type SectionKind, sectionName } from "./section-name.ts";

/** Look-ups of one file by a test of every header; a run that reads more profiles gets an index of the headers. */
const TESTED_LOOKUPS = 8;

/**
 * The sections of a kind and name, in the order of the file. `[default]` is the profile of that name only where there is
 * no `[profile default]`.
 */
export function sectionFinder(config: IniFile): (kind: SectionKind, name: string) => readonly IniSection[] {
  let lookups = 0;
  let index: Map<string, IniSection[]> | undefined;
  return (kind, name) => {
    if (lookups++ < TESTED_LOOKUPS) return configSections(config, kind, name);
    index ??= sectionsByName(config);
    const found = index.get(`${kind} ${name}`);
    if (found !== undefined || kind !== "profile" || name !== "default") return found ?? [];
    return config.sections.filter(({ header }) => header === "default");
  };
}

function sectionsByName(config: IniFile): Map<string, IniSection[]> {
  const index = new Map<string, IniSection[]>();
  for (const section of config.sections) {
    // It counts only where no [profile default] displaces it.
    const named = section.header === "default" ? undefined : sectionName(section.header);
    if (named === undefined) continue;
    const key = `${named.kind} ${named.name}`;
    const sections = index.get(key);
    if (sections === undefined) index.set(key, [section]);
    else sections.push(section);
  }
  return index;
}

function configSections(config: IniFile, kind: SectionKind, name: string): readonly IniSection[] {
  const matches = headerTest(kind, name);
  const sections: IniSection[] = [];
  for (const section of config.sections) if (matches(section.header)) sections.push(section);
  if (sections.length > 0 || kind !== "profile" || name !== "default") return sections;
  return config.sections.filter(({ header }) => header === "default");
}
