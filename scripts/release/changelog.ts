/** What CHANGELOG.md says, in the form of Keep a Changelog. */

/** The versions that have an entry, newest first; changes that are in no version yet do not count. */
export function versionsIn(changelog: string): string[] {
  return [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version = ""]) => version);
}
