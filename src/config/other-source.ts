/** Whether a profile that is there has credentials of another kind than the one that shall be written. Pure. */
import { type IniFile, type IniSection, lineAt } from "./ini.ts";
import { readProperties } from "./ini-properties.ts";
import type { WantedSection } from "./section-text.ts";

/** A setting by which a profile has a source of its own. */
export interface OtherSource {
  readonly key: string;
  readonly file: string;
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
const BESIDE_ROLE: readonly string[] = [
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "sso_start_url",
  "sso_region",
  ...EVERYWHERE,
];
/** A profile may repeat these of its session, and no program takes one that says otherwise. */
const REPEATED: readonly string[] = ["sso_start_url", "sso_region"];

/**
 * The first setting of a profile that belongs to another kind of source than the wanted one has, or to another portal;
 * undefined when there is none. `found` are the sections of that name, `session` is the one that the wanted one names. An
 * empty setting is none. Throws a Failure for a section that cannot be read.
 */
export function otherSource(
  found: readonly { readonly file: IniFile; readonly section: IniSection }[],
  wanted: WantedSection,
  session: WantedSection | undefined,
): OtherSource | undefined {
  if (wanted.kind !== "profile") return undefined;
  const isRole = wantedValue(wanted, "role_arn") !== undefined;
  for (const { file, section } of found) {
    for (const [key, { value, offset }] of readProperties(file, section)) {
      if (value === "") continue;
      const isOther =
        (isRole ? BESIDE_ROLE : BESIDE_IDENTITY_CENTER).includes(key) ||
        (!isRole && REPEATED.includes(key) && isOtherThan(value, session && wantedValue(session, key)));
      if (isOther) return { key, file: file.path, line: lineAt(file.text, offset) };
    }
  }
  return undefined;
}

function isOtherThan(value: string, wanted: string | undefined): boolean {
  return wanted !== undefined && value !== wanted;
}

/** The value that a section shall have. */
export function wantedValue({ lines }: WantedSection, key: string): string | undefined {
  const line = lines.find((line) => "key" in line && line.key === key);
  return line !== undefined && "value" in line ? line.value : undefined;
}
