/** The two AWS files as one: profiles, Identity Center sessions and service settings by name. */
import type { Failure } from "../lib/errors.ts";
import { optional } from "../lib/optional.ts";
import { type IniFile, type IniSection, lineAt, malformed, unclosed } from "./ini.ts";
import { type IniProperty, readProperties } from "./ini-properties.ts";
import { type Profile, type Property, propertySource, type Section } from "./section.ts";
import { headerTest, isBareName, type SectionKind, sectionName } from "./section-name.ts";
import { unusable } from "./setting.ts";

export interface SharedConfig {
  /** The two files as a message names them; a file that cannot be is described in brackets. */
  readonly paths: { readonly config: string; readonly credentials: string };
  /** Each of the three: undefined when there is none of that name, a Failure when its part of a file is malformed. */
  profile(name: string): Profile | undefined;
  ssoSession(name: string): Section | undefined;
  services(name: string): Section | undefined;
  /** Every profile of both files once, in the order of the files. Never throws. */
  profileNames(): readonly string[];
  /** Every `[sso-session]` of the config file, in its order. Never throws. */
  ssoSessionNames(): readonly string[];
  /**
   * Line of a header of the config file that was meant for this profile and is not one: `[name]` without the word
   * `profile`, or a name that needs quotes without them.
   */
  misspelledLine(name: string): number | undefined;
  /** Line of the header in the credentials file that is this name as it stands. */
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

  const find = (kind: SectionKind, name: string): Section | undefined => {
    const key = `${kind} ${name}`;
    if (!found.has(key)) found.set(key, read(kind, name));
    return found.get(key);
  };

  const read = (kind: SectionKind, name: string): Section | undefined => {
    for (const file of [config, credentials]) {
      if (file.stray !== undefined) throw malformed(file, file.stray, "stands before the first [section]");
    }
    if (config.sections.length === 0 && credentials.sections.length === 0) return undefined;
    const inConfig = configSections(config, kind, name);
    const inCredentials =
      kind === "profile" && countsInCredentials(name, inConfig)
        ? credentials.sections.filter(({ header }) => header === name)
        : [];
    const parts = [
      ...inConfig.map((section) => part(config, section, false)),
      ...inCredentials.map((section) => part(credentials, section, true)),
    ];
    if (parts.length > 0) return merge(name, parts);
    // The section may be the one whose name cannot be read. Nobody need have written a default profile.
    if (name !== "default") for (const file of [config, credentials]) refuseUnclosed(file);
    return undefined;
  };

  return {
    paths: { config: config.path, credentials: credentials.path },
    profile: (name) => find("profile", name),
    ssoSession: (name) => find("sso-session", name),
    services: (name) => find("services", name),
    profileNames: () => profileNames(config, credentials),
    ssoSessionNames: () => [...namesIn(config, "sso-session")],
    misspelledLine: (name) => {
      const meant = [name, `profile ${name}`];
      const section = config.sections.find(({ header }) => meant.includes(header));
      return section && lineAt(config.text, section.start);
    },
    credentialsLine: (name) => {
      const section = credentials.sections.find(({ header, closed }) => closed && header === name);
      return section && lineAt(credentials.text, section.start);
    },
  };
}

function configSections(config: IniFile, kind: SectionKind, name: string): readonly IniSection[] {
  const matches = headerTest(kind, name);
  const sections = config.sections.filter(({ header }) => matches(header));
  if (sections.length > 0 || kind !== "profile" || name !== "default") return sections;
  return config.sections.filter(({ header }) => header === "default");
}

/** The AWS CLI writes a name with blanks there as it is; it counts when the config file has it too, in quotes. */
function countsInCredentials(name: string, inConfig: readonly IniSection[]): boolean {
  return isBareName(name) || inConfig.length > 0;
}

function profileNames(config: IniFile, credentials: IniFile): readonly string[] {
  const names = namesIn(config, "profile");
  for (const { header } of credentials.sections) if (isBareName(header)) names.add(header);
  return [...names];
}

function namesIn(config: IniFile, kind: SectionKind): Set<string> {
  const names = new Set<string>();
  for (const { header } of config.sections) {
    const section = sectionName(header);
    if (section?.kind === kind) names.add(section.name);
  }
  return names;
}

function refuseUnclosed(file: IniFile): void {
  const section = file.sections.find(({ closed }) => !closed);
  if (section !== undefined) throw unclosed(file, section);
}

interface Part {
  readonly file: IniFile;
  readonly fromCredentialsFile: boolean;
  readonly properties: ReadonlyMap<string, IniProperty>;
}

function part(file: IniFile, section: IniSection, fromCredentialsFile: boolean): Part {
  return { file, fromCredentialsFile, properties: readProperties(file, section) };
}

/** Settings that may be written over several lines. */
const MAY_GO_ON: ReadonlySet<string> = new Set(["credential_process", "sso_registration_scopes"]);
/** Those too (SDK specification), but for a line that is a setting of its own. */
const KEYS: ReadonlySet<string> = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
]);

function mayGoOn(key: string, value: string): boolean {
  return MAY_GO_ON.has(key) || (KEYS.has(key) && !/\n\w+[ \t]*=[ \t]*[^=\s]/.test(value));
}

/** Most often the line below is a setting of its own, perhaps a secret: it must not be shown as part of this one. */
function runsOn(key: string, found: Property): Failure {
  return unusable(
    propertySource(key, found),
    "its value goes on in the line below, which is indented further",
    "take the blanks away from the beginning of the line below it",
  );
}

/** `parts` in rising order of precedence. */
function merge(name: string, parts: readonly Part[]): Section {
  return {
    name,
    get: (key) => {
      const winner = parts.findLast(({ properties }) => properties.has(key));
      const ini = winner?.properties.get(key);
      const found = winner && ini && propertyIn(winner, ini);
      if (found?.value.includes("\n") && !mayGoOn(key, found.value)) throw runsOn(key, found);
      return found;
    },
  };
}

function propertyIn(origin: Part, { value, offset, nested }: IniProperty): Property {
  const { file, fromCredentialsFile } = origin;
  return {
    value,
    file: file.path,
    // Counting lines takes time, and only a message needs the number.
    get line() {
      return lineAt(file.text, offset);
    },
    fromCredentialsFile,
    ...optional(
      "nested",
      nested && new Map([...nested].map(([key, child]) => [key, propertyIn(origin, child)])),
    ),
  };
}
