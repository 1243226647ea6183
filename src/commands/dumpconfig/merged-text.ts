/** What the text of the config file becomes when the sections of a portal are merged into it. Pure. */
import type { ConfigSection } from "../../config/config-section.ts";
import { type IniFile, parseIni } from "../../config/ini.ts";
import { type MergeResult, mergeSections } from "../../config/merge-profiles.ts";
import { namesLosingTheirPortal, namesOfOtherPortals, startUrlsOf } from "../../config/portal-profiles.ts";
import { Failure } from "../../lib/errors.ts";
import { nameList } from "../../lib/suggest.ts";
import type { ConfigSections } from "./config-sections.ts";
import { type OwnProfile, ownProfiles, withoutProfiles } from "./own-profiles.ts";
import { possibleRenames, profileNamesOf, renameProfiles, sourceProfilesOf } from "./rename-profiles.ts";

/** What the file has of portals before the merge. */
export interface FoundProfiles {
  /** The names that profiles of other portals have. */
  readonly takenNames: ReadonlySet<string>;
  /** The profiles of this portal. */
  readonly own: readonly OwnProfile[];
}

export interface WantedSections {
  readonly sections: ConfigSections;
  /** Profiles of `own` to be removed. */
  readonly gone: readonly OwnProfile[];
}

export type MakeSections = (found: FoundProfiles) => WantedSections;

export interface MergedText extends MergeResult {
  readonly sections: ConfigSections;
  /** Undefined when there is no file. */
  readonly before: string | undefined;
  /** The new names of profiles, by the old ones. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  /** Profiles that were to be removed, and are the `source_profile` of another one. */
  readonly needed: readonly { readonly name: string; readonly by: string }[];
}

export interface MergePlan {
  /** For messages. */
  readonly path: string;
  /** The text of the file; undefined when there is none. */
  readonly before: string | undefined;
  /** The credentials file; undefined when there is none. */
  readonly others: IniFile | undefined;
  /** The section that describes the portal. */
  readonly session: ConfigSection;
  readonly make: MakeSections;
}

/**
 * Renames first, so that a renamed profile is merged into under its new name; removes last. Throws a Failure for a text that
 * cannot be merged into.
 */
export function mergedText({ path, before, others, session, make }: MergePlan): MergedText {
  const file = parseIni(before ?? "", path);
  const inCredentials = new Set(others?.sections.map(({ header }) => header));
  const own = ownProfiles(file, session);
  const { sections, gone } = make({ takenNames: namesOfOtherPortals(file, session), own });
  refuseTakeover(file, session, sections.profiles);
  const movable = new Map([...sections.renames].filter(([old]) => !inCredentials.has(old)));
  const renamed = possibleRenames(movable, profileNamesOf(file));
  const merge = mergeSections(
    renameProfiles(file, renamed),
    path,
    [session, ...sections.profiles, ...sections.targets],
    others,
  );
  const result = parseIni(merge.text, path);
  const users = sourceProfilesOf(result);
  const removable = gone.filter(({ name, isUntouched }) => isUntouched && !inCredentials.has(name));
  const needed = removable.flatMap(({ name }) => {
    const by = users.get(name);
    return by === undefined ? [] : [{ name, by }];
  });
  const removed = removable.map(({ name }) => name).filter((name) => !users.has(name));
  const text = removed.length === 0 ? merge.text : withoutProfiles(result, new Set(removed));
  return { ...merge, text, sections, before, renamed, removed, needed };
}

/** A session of the same name is another portal's, and profiles use it: they would go on with this portal. */
function refuseTakeover(file: IniFile, session: ConfigSection, profiles: readonly ConfigSection[]): void {
  const users = namesLosingTheirPortal(file, session, profiles);
  if (users.length === 0) return;
  const header = `[sso-session ${session.name}]`;
  throw new Failure(
    "failed",
    `cannot write ${header} in ${file.path}: it is for ${startUrlsOf(file).get(session.name)}, and profiles use it: ${nameList(users)}`,
    {
      hints: [
        "give this portal a section of its own with: --sso-session-name NAME",
        `if the portal has moved, correct the sso_start_url of ${header} first`,
      ],
    },
  );
}
