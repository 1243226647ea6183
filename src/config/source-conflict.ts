/** Whether a profile has credentials of another kind, or of another portal, than a section to be written gives it. Pure. */
import { portalKey } from "../lib/portal-key.ts";
import { type ConfigSection, settingValue } from "./config-section.ts";
import { type IniFile, type IniSection, lineAt } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";

/** The setting by which a profile has a source of its own. */
export interface SourceConflict {
  readonly key: string;
  readonly file: string;
  /** One-based. */
  readonly line: number;
}

/** What gives credentials beside Identity Center, and beside a role with a `source_profile`. */
const EVERYWHERE: readonly string[] = [
  "aws_access_key_id",
  "credential_process",
  "web_identity_token_file",
  "login_session",
  "credential_source",
];
const BESIDE_IDENTITY_CENTER: readonly string[] = ["role_arn", "source_profile", ...EVERYWHERE];
const BESIDE_PROCESS: readonly string[] = [
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "sso_start_url",
  "role_arn",
  "source_profile",
  ...EVERYWHERE.filter((key) => key !== "credential_process"),
];
const BESIDE_ROLE: readonly string[] = [
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "sso_start_url",
  "sso_region",
  ...EVERYWHERE,
];

/** What gives a profile another source than an `aws login` sign-in. */
export const sourceKeys: readonly string[] = [
  ...BESIDE_IDENTITY_CENTER.filter((key) => key !== "login_session"),
  ...["sso_session", "sso_account_id", "sso_role_name", "sso_start_url", "sso_region"],
];

/** The sections that a profile of a config file is compared with. */
export interface SessionsOfProfile {
  /** The session section that is to be written; undefined where the new profile names none. */
  readonly wanted: ConfigSection | undefined;
  /** The start URL of a session of the config file; undefined when there is no such section. */
  startUrlOf(session: string): string | undefined;
}

/**
 * The first setting of a profile that belongs to another kind of source than `wanted` has, or to another portal;
 * undefined when there is none. `found` are the sections of that name. An empty setting counts as absent. Throws a
 * Failure for a section that cannot be parsed.
 */
export function sourceConflict(
  found: readonly { readonly file: IniFile; readonly section: IniSection }[],
  wanted: ConfigSection,
  sessions: SessionsOfProfile,
): SourceConflict | undefined {
  if (wanted.kind !== "profile") return undefined;
  const process = settingValue(wanted, "credential_process");
  const isConflict = (key: string, value: string) => {
    if (process !== undefined) return isBesideProcess(key, value, process);
    if (settingValue(wanted, "role_arn") !== undefined) return BESIDE_ROLE.includes(key);
    if (settingValue(wanted, "login_session") !== undefined) return sourceKeys.includes(key);
    return BESIDE_IDENTITY_CENTER.includes(key) || contradicts(key, value, sessions);
  };
  for (const { file, section } of found) {
    for (const [key, { value, offset }] of readProperties(file, section)) {
      if (value !== "" && isConflict(key, value)) {
        return { key, file: file.path, line: lineAt(file.text, offset) };
      }
    }
  }
  return undefined;
}

/** Another command line may run another program. */
function isBesideProcess(key: string, value: string, process: string): boolean {
  return key === "credential_process" ? value !== process : BESIDE_PROCESS.includes(key);
}

/**
 * Whether the setting of an Identity Center profile contradicts the wanted session. A profile may repeat the start URL
 * and region of its session, and clients refuse one whose values differ in any character. A session without a section
 * names no portal at all.
 */
function contradicts(key: string, value: string, { wanted, startUrlOf }: SessionsOfProfile): boolean {
  if (wanted === undefined) return false;
  const own = settingValue(wanted, key);
  if (key === "sso_region" || key === "sso_start_url") return own !== undefined && value !== own;
  if (key !== "sso_session" || value === wanted.name) return false;
  const startUrl = settingValue(wanted, "sso_start_url");
  const other = startUrlOf(value);
  return other !== undefined && startUrl !== undefined && portalKey(other) !== portalKey(startUrl);
}
