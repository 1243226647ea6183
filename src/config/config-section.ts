/** A section of the config file as this program writes it. Pure. */
import { sectionHeader } from "./section-name.ts";

export interface ConfigSetting {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
  /** The comment that is written in its place while the value is unknown. */
  readonly placeholder?: string;
}

/** A setting, or the comment that takes the place of a setting whose value is unknown. */
export type ConfigLine = ConfigSetting | { readonly comment: string };

export interface ConfigSection {
  readonly kind: "sso-session" | "profile";
  readonly name: string;
  readonly lines: readonly ConfigLine[];
}

/** The section's lines, each with its line end. */
export function sectionText({ kind, name, lines }: ConfigSection, lineEnd: string): string {
  const texts = lines.map((line) => ("comment" in line ? line.comment : settingText(line)));
  return [sectionHeader(kind, name), ...texts].map((line) => line + lineEnd).join("");
}

export function settingText({ key, value }: ConfigSetting): string {
  return `${key} = ${value}`;
}

/** The value that the section gives the setting; undefined where it gives none, or a comment in its place. */
export function settingValue({ lines }: ConfigSection, key: string): string | undefined {
  const line = lines.find((line) => "key" in line && line.key === key);
  return line !== undefined && "value" in line ? line.value : undefined;
}
