/** The two AWS files as one: profiles, Identity Center sessions and service settings by name. */
import { Failure } from "../lib/errors.ts";
import { type IniFile, lineAt, malformed, unclosed } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";
import { mergeSection, type SectionPart } from "./merge-section.ts";
import type { Profile, Section } from "./section.ts";
import { sectionFinder } from "./section-finder.ts";
import { isBareName, type SectionKind, sectionHeader, sectionName } from "./section-name.ts";

export interface MisspelledHeader {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** The header that it must be: `[profile dev]`. */
  readonly header: string;
}

export interface SharedConfig {
  /** The two files as a message names them; a file that cannot be is described in brackets. */
  readonly paths: { readonly config: string; readonly credentials: string };
  /** Each of the three: undefined when there is none of that name; throws a Failure when its part of a file is malformed. */
  profile(name: string): Profile | undefined;
  ssoSession(name: string): Section | undefined;
  services(name: string): Section | undefined;
  /** Every profile of both files once, in the order of the files. Never throws. */
  profileNames(): readonly string[];
  /** Every `[sso-session]` of the config file, in its order. Never throws. */
  ssoSessionNames(): readonly string[];
  /**
   * A header that was meant for this section and is not one: in the config file `[name]` without the word `profile`, the
   * word in another case, or a name without the quotes it needs; in the credentials file `[profile name]`.
   */
  misspelledHeader(kind: SectionKind, name: string): MisspelledHeader | undefined;
  /** Line of the header in the credentials file that is exactly this name. */
  credentialsLine(name: string): number | undefined;
}

/**
 * Sections of one name are merged, later keys win; a profile's keys in the credentials file win over those in the
 * config file; `[profile default]` displaces `[default]` in the config file; sessions and services come from the
 * config file alone (AWS SDK specification). Nothing is parsed before it is asked for.
 */
export function sharedConfig(files: {
  readonly config: IniFile;
  readonly credentials: IniFile;
}): SharedConfig {
  const { config, credentials } = files;
  const found = new Map<string, Section | undefined>();
  const sectionsIn = sectionFinder(config);

  const find = (kind: SectionKind, name: string): Section | undefined => {
    if (name.includes("\ufffd")) throw undecodedName(kind, name, config.path);
    const key = `${kind} ${name}`;
    if (!found.has(key)) found.set(key, read(kind, name));
    return found.get(key);
  };

  const read = (kind: SectionKind, name: string): Section | undefined => {
    for (const file of [config, credentials]) {
      if (file.stray !== undefined) throw malformed(file, file.stray, "stands before the first [section]");
    }
    if (config.sections.length === 0 && credentials.sections.length === 0) return undefined;
    const parts: SectionPart[] = [];
    for (const section of sectionsIn(kind, name)) {
      parts.push({ file: config, fromCredentialsFile: false, properties: readProperties(config, section) });
    }
    // The AWS CLI writes a name with blanks to the credentials file without quotes; it counts if the config file has it in
    // quotes.
    if (kind === "profile" && (parts.length > 0 || isBareName(name))) {
      for (const section of credentials.sections) {
        if (section.header !== name) continue;
        const properties = readProperties(credentials, section);
        parts.push({ file: credentials, fromCredentialsFile: true, properties });
      }
    }
    if (parts.length > 0) return mergeSection(name, parts);
    // A section without its ] may be the wanted one. A default profile is optional, so that its absence is no error.
    if (name !== "default") for (const file of [config, credentials]) refuseUnclosed(file);
    return undefined;
  };

  return {
    paths: { config: config.path, credentials: credentials.path },
    profile: (name) => find("profile", name),
    ssoSession: (name) => find("sso-session", name),
    services: (name) => find("services", name),
    profileNames: () => profileNames(config, credentials),
    ssoSessionNames: () => [...namesIn(config, "sso-session")].filter((name) => !isUndecoded(name)),
    misspelledHeader: (kind, name) =>
      misspelledIn(config, kind, name, sectionHeader(kind, name)) ??
      (kind === "profile" && isBareName(name)
        ? misspelledIn(credentials, kind, name, `[${name}]`)
        : undefined),
    credentialsLine: (name) => {
      const section = credentials.sections.find(({ header, closed }) => closed && header === name);
      return section && lineAt(credentials.text, section.start);
    },
  };
}

/** `header` is what it must be in this file. */
function misspelledIn(
  file: IniFile,
  kind: SectionKind,
  name: string,
  header: string,
): MisspelledHeader | undefined {
  const section = file.sections.find(({ header: found, closed }) => {
    if (!closed || `[${found}]` === header) return false;
    const [word = "", rest] = found.split(/[ \t]+(.*)/, 2);
    return word.toLowerCase() === kind ? rest === name : kind === "profile" && found === name;
  });
  return section && { file: file.path, line: lineAt(file.text, section.start), header };
}

function profileNames(config: IniFile, credentials: IniFile): readonly string[] {
  const names = namesIn(config, "profile");
  for (const { header } of credentials.sections) if (isBareName(header)) names.add(header);
  return [...names].filter((name) => !isUndecoded(name));
}

function namesIn(config: IniFile, kind: SectionKind): Set<string> {
  const names = new Set<string>();
  for (const { header } of config.sections) {
    const section = sectionName(header);
    if (section?.kind === kind) names.add(section.name);
  }
  return names;
}

/**
 * Whether bytes of the name were lost: a byte that is not UTF-8 is decoded to U+FFFD, so that `[p\xe8]` and `[p\xe9]`
 * have the same name, and a request for one could find the other.
 */
function isUndecoded(name: string): boolean {
  return name.includes("\ufffd");
}

function undecodedName(kind: SectionKind, name: string, path: string): Failure {
  return new Failure("failed", `cannot use ${kind} ${name}: its name is not UTF-8`, {
    hints: [`save ${path} as UTF-8, and give the name in UTF-8`],
  });
}

function refuseUnclosed(file: IniFile): void {
  const section = file.sections.find(({ closed }) => !closed);
  if (section !== undefined) throw unclosed(file, section);
}
