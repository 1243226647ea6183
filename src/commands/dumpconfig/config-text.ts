/** The text that `dumpconfig` prints: sections of an AWS config file, with a heading for each group of them. Pure. */
import { type ConfigSection, sectionText } from "../../config/config-section.ts";
import type { ConfigSections } from "./config-sections.ts";

/** Ends in one line end; a group without sections has no heading either. */
export function configText({ session, profiles, targets }: ConfigSections): string {
  return [
    group("# This is your Identity Center portal entry...", [session]),
    group("# Profiles for your discovered access...", profiles),
    group("# Profiles for your target roles...", targets),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

function group(heading: string, sections: readonly ConfigSection[]): string {
  if (sections.length === 0) return "";
  return `${heading}\n${sections.map((section) => sectionText(section, "\n")).join("\n")}`;
}
