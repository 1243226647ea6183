/** Config files: reading them, what their settings mean, merging into them. */

import { isDeepStrictEqual } from "node:util";
import { type IniFile, parseIni } from "../../src/config/ini.ts";
import { readEntries, readProperties } from "../../src/config/ini-properties.ts";
import { mergeSections } from "../../src/config/merge-profiles.ts";
import { sharedConfig } from "../../src/config/profiles.ts";
import { headerTest, sectionName } from "../../src/config/section-name.ts";
import { profileIn, settingsOf } from "./fuzz/config-readers.ts";
import { CONFIG_FILES, CREDENTIALS_FILES, HEADERS, SECRET_LINES, WANTED } from "./fuzz/config-samples.ts";
import { fuzz, textTarget } from "./fuzz/fuzz.ts";
import { answerOf, withoutStrays } from "./fuzz/judge.ts";
import { mutated } from "./fuzz/mutate.ts";

const path = "/home/me/.aws/config";

fuzz({
  name: "config and credentials files",
  inputs: 1500,
  readable: 50,
  make: (random) => ({
    config: withoutStrays(mutated(CONFIG_FILES, random), SECRET_LINES),
    credentials: withoutStrays(mutated(CREDENTIALS_FILES, random), SECRET_LINES),
  }),
  read: ({ config, credentials }) => {
    const shared = sharedConfig({
      config: parseIni(config, path),
      credentials: parseIni(credentials, "/home/me/.aws/credentials"),
    });
    const names = shared.profileNames();
    for (const name of names.slice(0, 8)) {
      if (answerOf(() => profileIn(shared, name)) === "absent")
        throw new Error(`there is no profile ${name}`);
      settingsOf(shared, name);
    }
    for (const name of ["default", "no such", "my-sso", ...names.slice(0, 3)]) {
      settingsOf(shared, name);
      answerOf(() => shared.ssoSession(name));
      answerOf(() => shared.services(name)?.get("sts")?.nested?.get("endpoint_url")?.line);
      shared.misspelledHeader("profile", name);
    }
  },
});

fuzz(
  textTarget({
    name: "settings and where they stand",
    inputs: 2000,
    readable: 50,
    samples: CONFIG_FILES,
    read: (text) => {
      const file = parseIni(text, path);
      // A refusal counts the lines before it, so that refusing each of many sections takes long.
      for (const section of file.sections.slice(0, 50)) {
        const properties = answerOf(() => readProperties(file, section));
        if (properties === undefined) continue;
        const values = new Map<string, string>();
        for (const { key, value } of readEntries(file, section))
          values.set(key, text.slice(value.from, value.to));
        const read = [...properties].map(([key, { value }]) => [key, value.split("\n", 1)[0]?.trim()]);
        if (!isDeepStrictEqual(read, [...values]))
          throw new Error(`${JSON.stringify(read)} is not where it stands`);
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "section headers",
    inputs: 2000,
    readable: 100,
    samples: HEADERS,
    read: (text) => {
      const header = text.trim();
      const read = sectionName(header);
      for (const [kind, name] of [
        ["profile", "dev"],
        ["profile", "my prof"],
        ["profile", "default"],
        ["sso-session", "my-sso"],
        [read?.kind ?? "services", read?.name ?? ""],
      ] as const) {
        const isIt = read?.kind === kind && read.name === name;
        // The one header without a kind is looked for by itself.
        if (headerTest(kind, name)(header) !== (isIt && header !== "default")) {
          throw new Error(`the test for ${kind} ${name} does not agree`);
        }
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "config files that profiles are merged into",
    inputs: 1500,
    readable: 20,
    samples: CONFIG_FILES,
    read: (text) => {
      const merge = mergeSections(text, path, WANTED);
      // A profile with another source of its own is a person's, and not ours.
      const left = merge.left.map(({ section }) => section);
      const ours = WANTED.filter((section) => !left.includes(section));
      const again = mergeSections(merge.text, path, WANTED);
      if (again.text !== merge.text || again.added + again.changed > 0)
        throw new Error("the second run changes it");
      const [before, after] = [sectionTexts(parseIni(text, path)), sectionTexts(parseIni(merge.text, path))];
      for (const [index, { name, own }] of before.entries()) {
        const now = after[index];
        if (now?.name !== name) throw new Error(`the section ${name} is not where it was`);
        // New sections stand after an empty line, which belongs to the last one there was.
        const isLast = index === before.length - 1;
        const same = isLast
          ? now.own.trimEnd() === own.trimEnd() && now.own.startsWith(own.trimEnd())
          : now.own === own;
        if (!ours.some((section) => wantedName(section) === name) && !same)
          throw new Error(`the section ${name} has changed`);
      }
      const names = new Set(before.map(({ name }) => name));
      const added = after.slice(before.length).map(({ name }) => name);
      if (
        !isDeepStrictEqual(
          added,
          ours.map(wantedName).filter((name) => !names.has(name)),
        )
      ) {
        throw new Error(`the sections ${added} are new`);
      }
      checkMerged(text, merge.text, ours);
    },
  }),
);

/** The text of every section, with what stands before the first; ours are compared by their settings. */
function sectionTexts(file: IniFile): { readonly name: string; readonly own: string }[] {
  const sections = file.sections.map(({ header, start, end }) => {
    const read = sectionName(header);
    return {
      name: read === undefined ? `? ${header}` : `${read.kind} ${read.name}`,
      own: file.text.slice(start, end),
    };
  });
  return sections;
}

function wantedName({ kind, name }: (typeof WANTED)[number]): string {
  return `${kind} ${name}`;
}

/** Every wanted setting has its value, every other one is what it was. */
function checkMerged(before: string, after: string, ours: typeof WANTED): void {
  for (const section of ours) {
    const [old, now] = [readAll(before, section), readAll(after, section)];
    for (const line of section.lines) {
      if ("comment" in line) continue;
      const value = now.get(line.key);
      const scopes = line.key === "sso_registration_scopes" && value?.split(/[\s,]+/).includes(line.value);
      if (value !== line.value && !scopes) throw new Error(`${line.key} of ${section.name} is ${value}`);
      old.delete(line.key);
      now.delete(line.key);
    }
    if (!isDeepStrictEqual(old, now)) throw new Error(`other settings of ${section.name} have changed`);
  }
}

function readAll(text: string, { kind, name }: (typeof WANTED)[number]): Map<string, string> {
  const file = parseIni(text, path);
  const all = new Map<string, string>();
  for (const section of file.sections) {
    const read = sectionName(section.header);
    if (read?.kind !== kind || read.name !== name) continue;
    for (const [key, { value, nested }] of readProperties(file, section)) {
      const below = [...(nested ?? [])].map(([child, property]) => `${child}=${property.value}`);
      all.set(key, [value, ...below].join("\n"));
    }
  }
  return all;
}
