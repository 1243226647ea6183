/** The profiles that earlier runs of `dumpconfig` wrote to a config file. Pure. */
import { type ConfigSection, settingValue } from "../../config/config-section.ts";
import { endOfLine, type IniFile, type IniSection } from "../../config/ini.ts";
import { type IniEntry, readEntries } from "../../config/ini-properties.ts";
import { startUrlsOf } from "../../config/portal-profiles.ts";
import { sectionName } from "../../config/section-name.ts";
import { portalKey } from "../../lib/portal-key.ts";
import { shellWords } from "../../lib/shell-words.ts";

export interface OwnProfile {
  readonly name: string;
  readonly accountId: string;
  readonly role: string;
  /** Whether its section holds nothing but what this program writes. */
  readonly isUntouched: boolean;
}

/** The settings of a profile that this program writes, and how a section shows the account and role. */
const SSO_KEYS = ["sso_session", "sso_account_id", "sso_role_name"] as const;

/** The command line that a profile gets with `--credential-process`. All three are plain words for every shell. */
export function helperLine(session: string, accountId: string, role: string): string {
  return `aws-login dumpcreds --credential-helper --use-cache --sso-session ${session} --sso-acct-id ${accountId} --sso-role-name ${role}`;
}

/**
 * The profiles of the portal of `session` that name an account and role, in the order of the file: by the session of that
 * name or another one with its start URL. A name with several sections is left out. Throws a Failure for a section that
 * cannot be parsed.
 */
export function ownProfiles(file: IniFile, session: ConfigSection): readonly OwnProfile[] {
  const startUrls = startUrlsOf(file);
  const wanted = portalKey(settingValue(session, "sso_start_url") ?? "");
  const isOurs = (name: string) => {
    const startUrl = startUrls.get(name);
    return startUrl ? portalKey(startUrl) === wanted : name === session.name;
  };
  const byName = Map.groupBy(file.sections, ({ header }) => {
    const found = sectionName(header);
    return found?.kind === "profile" ? found.name : undefined;
  });
  return [...byName].flatMap(([name, [section, ...more]]) => {
    if (name === undefined || name === "default" || section === undefined || more.length > 0) return [];
    const entries = readEntries(file, section);
    const identity = identityOf(file, entries);
    if (identity === undefined || !isOurs(identity.session)) return [];
    const { accountId, role } = identity;
    return [{ name, accountId, role, isUntouched: isUntouched(file, section, entries) }];
  });
}

interface RoleOfPortal {
  readonly session: string;
  readonly accountId: string;
  readonly role: string;
}

function identityOf(file: IniFile, entries: readonly IniEntry[]): RoleOfPortal | undefined {
  const value = (key: string) => {
    const entry = entries.findLast((each) => each.key === key);
    return entry && file.text.slice(entry.value.from, entry.value.to);
  };
  const [session, accountId, role] = SSO_KEYS.map(value);
  if (session && accountId && role) return { session, accountId, role };
  const words = shellWords(value("credential_process") ?? "")?.map(({ text }) => text) ?? [];
  const program = words[0]?.split(/[/\\]/).at(-1);
  if (!/^aws-login(?:\.exe)?$/i.test(program ?? "") || words[1] !== "dumpcreds") return undefined;
  const after = (option: string) => words[words.indexOf(option) + 1];
  const told = ["--sso-session", "--sso-acct-id", "--sso-role-name"];
  if (!told.every((option) => words.includes(option))) return undefined;
  const [toldSession, toldAccount, toldRole] = told.map(after);
  return toldSession && toldAccount && toldRole
    ? { session: toldSession, accountId: toldAccount, role: toldRole }
    : undefined;
}

/** Only our settings, each once and in a line of its own, blank lines, and the comment in the place of a region. */
function isUntouched(file: IniFile, section: IniSection, entries: readonly IniEntry[]): boolean {
  const { text } = file;
  const keys = entries.map(({ key }) => key).toSorted();
  const isKnown = ["credential_process", "sso_account_id sso_role_name sso_session"].some(
    (known) => keys.filter((key) => key !== "region").join(" ") === known,
  );
  if (!isKnown || keys.filter((key) => key === "region").length > 1) return false;
  if (entries.some(({ comment, continued }) => comment !== undefined || continued.length > 0)) return false;
  const helper = entries.find(({ key }) => key === "credential_process");
  if (helper !== undefined) {
    const identity = identityOf(file, entries);
    const line = text.slice(helper.value.from, helper.value.to);
    if (identity === undefined || line !== helperLine(identity.session, identity.accountId, identity.role))
      return false;
  }
  return text
    .slice(endOfLine(text, section.start) + 1, endOfContent(file, section, entries))
    .split("\n")
    .every((line) => !/^\s*[#;]/.test(line) || /^#region = [\w-]+\r?$/.test(line));
}

/** Offset behind the last line of the section's own: comments after a blank line belong to the next one. */
function endOfContent({ text }: IniFile, { start, end }: IniSection, entries: readonly IniEntry[]): number {
  let at = entries.at(-1)?.end ?? Math.min(endOfLine(text, start) + 1, end);
  while (at < end && /\S/.test(text.slice(at, endOfLine(text, at)))) {
    at = Math.min(endOfLine(text, at) + 1, end);
  }
  return at;
}

/** The text without the sections of these profiles, and without the blank lines that followed them. */
export function withoutProfiles(file: IniFile, names: ReadonlySet<string>): string {
  const { text } = file;
  let result = "";
  let at = 0;
  for (const section of file.sections) {
    const found = sectionName(section.header);
    if (found?.kind !== "profile" || !names.has(found.name)) continue;
    result += text.slice(at, section.start);
    at = endOfContent(file, section, readEntries(file, section));
    while (at < section.end && !/\S/.test(text.slice(at, endOfLine(text, at)))) {
      at = Math.min(endOfLine(text, at) + 1, section.end);
    }
  }
  result += text.slice(at);
  // The blank lines before a section that stood last would end the file.
  return at === text.length && names.size > 0 ? result.replace(/\n(?:[ \t]*\r?\n)+$/, "\n") : result;
}
