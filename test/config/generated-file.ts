/**
 * Config files as lists of their parts, from which a test can compute the result of a merge without searching a
 * text.
 */
import type { ConfigSection } from "../../src/config/config-section.ts";

interface Setting {
  /** The indentation, the name and the equals sign, with the blanks around it. */
  before: string;
  readonly key: string;
  value: string;
  /** Blanks and a comment. */
  readonly after: string;
  /** Lines that go on from the value, and comments and empty lines among them. */
  continued: readonly { readonly text: string; readonly isValue: boolean }[];
}

interface Part {
  readonly header: string;
  /** As the header is to be read. */
  readonly name: string;
  readonly lines: (string | Setting)[];
}

export interface GeneratedFile {
  readonly fingerprint: string;
  readonly lineEnd: string;
  readonly preamble: readonly string[];
  readonly parts: readonly Part[];
  /** Whether the last line has a line end. */
  readonly isClosed: boolean;
}

/** The same file for the same seed. */
export function generatedFile(seed: number): GeneratedFile {
  let state = seed * 7919 + 1;
  const below = (limit: number): number => {
    state = (state * 48271) % 2147483647;
    return state % limit;
  };
  const pick = <T>(first: T, ...rest: T[]): T => [first, ...rest][below(rest.length + 1)] ?? first;
  const several = <T>(limit: number, make: () => T): T[] => Array.from({ length: below(limit) }, make);

  const noise = () => pick("", "# c", "  ; indented", "#region = us-east-1", "\t", "# [profile dev-Ops]");
  const keys = ["sso_session", "Region", "output", "sso_account_id", "s3"];
  // A merge leaves a profile with another portal of its own.
  const sessionKeys = [...keys, "sso_region", "SSO_Start_URL"];
  const setting = (name: string, indent: string): Setting => {
    const key = pick("region", ...(name.startsWith("profile") ? keys : sessionKeys));
    const value = pick("", "my-sso", "eu-west-1", "us-east-1", "a#b", "ö", "x=y", "[z]", "012345678901");
    const continued: { text: string; isValue: boolean }[] = [];
    while (below(5) === 0) {
      if (below(2) === 0) continued.push({ text: noise(), isValue: false });
      continued.push({ text: `${indent}  ${pick("region = nested", "a = b", "c=[d]")}`, isValue: true });
    }
    return {
      before: indent + key + (value === "" ? pick(" =", "=") : pick(" = ", "=", " =\t", "= ")),
      key: key.toLowerCase(),
      value,
      after: pick("", "", " ", " # note", "\t; note"),
      continued,
    };
  };
  const part = (): Part => {
    const name = pick("profile dev-Ops", "profile other", "sso-session my-sso", "default", "plugins");
    const [kind, last] = name.split(" ");
    const spelt =
      last === undefined ? [name] : [`${kind} "${last}"`, `${kind}  '${last}'`, ` ${kind}\t${last} `];
    const indent = pick("", "", "  ", "\t");
    return {
      header: pick("[", " [") + pick(name, name, ...spelt) + pick("]", "] ; c", "]#c", "] junk"),
      name,
      lines: several(6, () => (below(2) === 0 ? noise() : setting(name, indent))),
    };
  };
  const file = {
    fingerprint: pick("", "", "\ufeff"),
    lineEnd: pick("\n", "\r\n"),
    preamble: several(3, noise),
    parts: several(6, part),
    isClosed: below(3) > 0,
  };
  // Without any line end the kind of line end is unknown.
  return textOf(file).includes("\n") ? file : { ...file, lineEnd: "\n" };
}

export function textOf({ fingerprint, lineEnd, preamble, parts, isClosed }: GeneratedFile): string {
  const lines = [
    ...preamble,
    ...parts.flatMap(({ header, lines }) => [header, ...lines.flatMap(settingLines)]),
  ];
  const text = lines.map((line) => line + lineEnd).join("");
  return fingerprint + (isClosed ? text : text.slice(0, -lineEnd.length));
}

function settingLines(line: string | Setting): string[] {
  if (typeof line === "string") return [line];
  return [line.before + line.value + line.after, ...line.continued.map(({ text }) => text)];
}

/** Does to the file what a merge must do, and returns the sections that are not there. */
export function mergeIntoModel({ parts }: GeneratedFile, wanted: readonly ConfigSection[]): ConfigSection[] {
  return wanted.filter((section) => {
    const found = parts.filter(({ name }) => name === `${section.kind} ${section.name}`);
    const last = found.at(-1);
    if (last === undefined) return true;
    for (const line of section.lines) {
      if ("comment" in line) continue;
      const settings = found.flatMap(({ lines }) => lines).filter((each) => typeof each !== "string");
      const old = settings.findLast(({ key }) => key === line.key);
      if (old === undefined) addTo(last, line.key, line.value);
      else change(old, line.value);
    }
    return false;
  });
}

function addTo({ lines }: Part, key: string, value: string): void {
  const at = lines.findLastIndex((each) => typeof each !== "string");
  const last = lines[at];
  const indent = typeof last === "object" ? (/^[ \t]*/.exec(last.before)?.[0] ?? "") : "";
  lines.splice(at + 1, 0, { before: `${indent}${key} = `, key, value, after: "", continued: [] });
}

function change(setting: Setting, value: string): void {
  if (setting.value === value && setting.continued.every(({ isValue }) => !isValue)) return;
  if (setting.value === "" && setting.before.endsWith(" =")) setting.before += " ";
  setting.value = value;
  setting.continued = setting.continued.filter(({ isValue }) => !isValue);
}

/** The text with sections behind it, an empty line before each. */
export function withNewSections(text: string, sections: readonly ConfigSection[], lineEnd: string): string {
  let result = text;
  for (const { kind, name, lines } of sections) {
    const isEmpty = result === "" || result === "\ufeff";
    if (!isEmpty && !result.endsWith("\n")) result += lineEnd;
    const lastLine = result.slice(0, -1).split("\n").at(-1) ?? "";
    if (!isEmpty && lastLine.trim() !== "") result += lineEnd;
    const texts = lines.map((line) => ("comment" in line ? line.comment : `${line.key} = ${line.value}`));
    result += [`[${kind} ${name}]`, ...texts].map((line) => line + lineEnd).join("");
  }
  return result;
}
