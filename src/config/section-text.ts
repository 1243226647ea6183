/** How a section of the config file is written. Pure. */
import { sectionHeader } from "./section-name.ts";

/** A setting as it is written. */
export interface WantedSetting {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
  /** The comment that is written in its place while nobody knows the value. */
  readonly placeholder?: string;
}

/** A section as it shall be. A comment may stand in the place of a setting that is not known. */
export interface WantedSection {
  readonly kind: "sso-session" | "profile";
  readonly name: string;
  readonly lines: readonly (WantedSetting | { readonly comment: string })[];
}

/** The section's lines, each with its line end. */
export function sectionText({ kind, name, lines }: WantedSection, lineEnd: string): string {
  const texts = lines.map((line) => ("comment" in line ? line.comment : settingText(line)));
  return [sectionHeader(kind, name), ...texts].map((line) => line + lineEnd).join("");
}

export function settingText({ key, value }: WantedSetting): string {
  return `${key} = ${value}`;
}
