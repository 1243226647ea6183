/** The text of `dumpconfig`: sections of an AWS config file, with a heading for each group of them. */
import type { ConfigSection, ConfigSections, SectionLine } from "./config-sections.ts";

/** Ends in one line end; a group without sections has no heading either. */
export function formatSections({ session, profiles, targets }: ConfigSections): string {
  return [
    group("# This is your Identity Center portal entry...", [session]),
    group("# Profiles for your discovered access...", profiles),
    group("# Profiles for your target roles...", targets),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

function group(heading: string, sections: readonly ConfigSection[]): string {
  return sections.length === 0 ? "" : `${heading}\n${sections.map(sectionText).join("\n")}`;
}

function sectionText({ kind, name, lines }: ConfigSection): string {
  return [`[${kind} ${quoted(name)}]`, ...lines.map(lineText)].map((line) => `${line}\n`).join("");
}

function lineText(line: SectionLine): string {
  return "comment" in line ? line.comment : `${line.key} = ${line.value}`;
}

/** As the AWS CLI quotes it. Only the name of a section that a person wrote can need it. */
function quoted(name: string): string {
  if (/^[A-Za-z0-9_.@%+=:,/-]+$/.test(name)) return name;
  return name.includes("'") ? `"${name}"` : `'${name}'`;
}
