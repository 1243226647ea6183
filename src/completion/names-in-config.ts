/** Names of profiles and sessions in the text of the config files. Pure. */
import { parseIni } from "../config/ini.ts";
import { isBareName, type SectionKind, sectionName } from "../config/section-name.ts";

/** Each name once. A section whose name cannot begin with `prefix`, in any case, is skipped before it is read. */
export function namesInConfig(text: string, kind: SectionKind, prefix: string): ReadonlySet<string> {
  const names = new Set<string>();
  const usual = `${kind} ${prefix}`.toLowerCase();
  for (const { header } of parseIni(text, "").sections) {
    // A quoted name is read in any case.
    if (!header.toLowerCase().startsWith(usual) && !UNUSUAL.test(header) && header !== "default") continue;
    const found = sectionName(header);
    if (found?.kind === kind) names.add(found.name);
  }
  return names;
}

/** The profiles of the credentials file, whose headers are names. */
export function namesInCredentials(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { header } of parseIni(text, "").sections) if (isBareName(header)) names.add(header);
  return names;
}

/** What `sectionName()` reads in another way than as a word, a blank and a bare name. */
const UNUSUAL = /["'\\\t\r\n]| {2}/;
