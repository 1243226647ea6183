/** What `dumpconfig` says on stderr about a listing, its sections and a merge. Pure; one line each. */
import type { AccessList } from "../../sso/list-access.ts";
import type { ConfigSections } from "./config-sections.ts";
import { mergeWarnings } from "./config-warnings.ts";
import type { MergedText } from "./merged-text.ts";

/** The warnings of accounts that are left out, and of a listing without any role. */
export function listingMessages({ accounts, closed }: AccessList): string[] {
  const lines = closed.map(({ account, refusal }) =>
    warning(`account ${account.accountId} is left out: ${refusal.message}`),
  );
  const hasNone = accounts.every(({ roles }) => roles.length === 0);
  return hasNone ? [...lines, warning("you have no role in any account of this portal")] : lines;
}

/** The warnings of roles that are left out, and of a section that some SDKs cannot read. */
export function sectionMessages({ session, unwritable, profiles, roles }: ConfigSections): string[] {
  // The portal and the owner of the account choose the names of roles.
  const lines = unwritable.map(({ accountId, role }) =>
    warning(
      `the role ${JSON.stringify(role)} of account ${accountId} is left out: its name cannot stand in a config file`,
    ),
  );
  if (/\s/.test(session.name)) {
    lines.push(
      warning(
        `the AWS SDKs for Go and JavaScript cannot read [sso-session '${session.name}']: its name holds a blank (--sso-session-name gives it another)`,
      ),
    );
  }
  if (roles.size > 0 && profiles.length === 0) lines.push(warning("--only and --except leave no role"));
  return lines;
}

/** The warnings of a merge, and then what has changed or would change. `backup` is the path of the old file's copy. */
export function mergeMessages(
  merged: MergedText,
  path: string,
  { did, backup }: { readonly did: "wrote" | "would write"; readonly backup?: string | undefined },
): string[] {
  const { sections, added, changed, renamed, removed, needed } = merged;
  const warnings = [
    ...sectionMessages(sections),
    ...mergeWarnings(merged, path, sections.targets).map(warning),
    ...needed.map(({ name, by }) =>
      warning(`[profile ${name}] is not removed: it is the source_profile of [profile ${by}]`),
    ),
  ];
  if (merged.text === merged.before) return [...warnings, `aws-login: ${path} is up to date`];
  const counts = [
    `added: ${added}`,
    `changed: ${changed}`,
    ...(renamed.size === 0 ? [] : [`renamed: ${renamed.size}`]),
    ...(removed.length === 0 ? [] : [`removed: ${removed.length}`]),
  ];
  const copy = backup === undefined ? "" : `; the file as it was is ${backup}`;
  return [...warnings, `aws-login: ${did} ${path} (sections ${counts.join(", ")})${copy}`];
}

function warning(text: string): string {
  return `aws-login: warning: ${text}`;
}
