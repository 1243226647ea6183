/** `dumpconfig`: prints, or merges into the AWS config file, a profile for every account and role of a user. */
import type { Options } from "../../cli/options.ts";
import { Failure } from "../../lib/errors.ts";
import { noProgressLine, type ProgressLine, progressLine } from "../../lib/progress-line.ts";
import { type AccessList, type ListingProgress, listAccess, portalLists } from "../../sso/list-access.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import { portalRun } from "../portal-command.ts";
import { type ConfigFile, openConfigFile } from "./config-file.ts";
import { type ConfigInput, type ConfigSections, configSections, sessionSection } from "./config-sections.ts";
import { configText } from "./config-text.ts";
import { mergeWarnings } from "./config-warnings.ts";
import { readTargetProfiles } from "./target-profiles.ts";

type Say = (text: string) => void;

/** Every error that can be found without a request is found before the first request. */
export async function run(options: Options, system: System): Promise<number> {
  const targets =
    options.targetArnProfiles === undefined
      ? []
      : await readTargetProfiles(options.targetArnProfiles, system);
  const line = options.verbose || !(await system.stderrIsTerminal()) ? noProgressLine : progressLine(system);
  const say = (text: string) => {
    line.clear();
    system.stderr(text);
  };
  const run = await portalRun(options, { ...system, stderr: say });
  const { http, open } = run;
  const portal = await open();
  if (options.write && portal.startUrl === undefined) throw unknownStartUrl();
  const file = options.write ? await openConfigFile(system, http.trace) : undefined;

  await portal.ready();
  const access = await listWithProgress(portal, line, system);
  warnOfGaps(access, say);

  const input: ConfigInput = {
    session: { name: sessionName(options, run.portal()), region: portal.region, startUrl: portal.startUrl },
    region: options.region,
    accounts: access.accounts,
    targets,
  };
  if (file !== undefined) {
    await write(input, file, say);
  } else {
    const sections = configSections(input);
    warnOfNames(sections, say);
    await system.stdout(configText(sections));
  }
  return 0;
}

/** The progress line is removed whatever ends the listing. */
async function listWithProgress(
  portal: PortalAccess,
  line: ProgressLine,
  system: System,
): Promise<AccessList> {
  return system
    .interruptible("listing your roles", () =>
      listAccess(portalLists(portal), system, (progress) => line.show(progressText(progress))),
    )
    .finally(() => line.clear());
}

/** The number of accounts is shown once it is final: a total that grows tells a user nothing about the end. */
function progressText({ accounts, listed, roles }: ListingProgress): string {
  const of = accounts === undefined ? "" : ` of ${accounts}`;
  return `listing your roles: ${listed}${of} accounts, ${roles} roles`;
}

/** A section that describes the portal already keeps its name. */
function sessionName(options: Options, choice: PortalChoice): string {
  const own = choice.kind === "cli" ? choice.sessionName : undefined;
  return options.ssoSessionName ?? own ?? "my-sso";
}

function warnOfNames({ session, unwritable }: ConfigSections, say: Say): void {
  // The portal and the owner of the account choose the names of roles.
  for (const { accountId, role } of unwritable) {
    say(
      `aws-login: warning: the role ${JSON.stringify(role)} of account ${accountId} is left out: its name cannot stand in a config file`,
    );
  }
  if (/\s/.test(session.name)) {
    say(
      `aws-login: warning: the AWS SDKs for Go and JavaScript cannot read [sso-session '${session.name}']: its name holds a blank (--sso-session-name gives it another)`,
    );
  }
}

function warnOfGaps({ accounts, closed }: AccessList, say: Say): void {
  for (const { account, refusal } of closed) {
    say(`aws-login: warning: account ${account.accountId} is left out: ${refusal.message}`);
  }
  if (accounts.every(({ roles }) => roles.length === 0)) {
    say("aws-login: warning: you have no role in any account of this portal");
  }
}

async function write(input: ConfigInput, file: ConfigFile, say: Say): Promise<void> {
  const merged = await file.merge(sessionSection(input.session), (takenNames) =>
    configSections({ ...input, takenNames }),
  );
  const { sections, backup, added, changed } = merged;
  warnOfNames(sections, say);
  for (const warning of mergeWarnings(merged, file.path, sections.targets)) {
    say(`aws-login: warning: ${warning}`);
  }
  const copy = backup === undefined ? "" : `; the file as it was is ${backup}`;
  say(
    added + changed === 0
      ? `aws-login: ${file.path} is up to date`
      : `aws-login: wrote ${file.path} (sections added: ${added}, changed: ${changed})${copy}`,
  );
}

function unknownStartUrl(): Failure {
  return new Failure("usage", "dumpconfig --write needs the start URL, which the token does not tell", {
    hints: ["name it with --start-url URL"],
  });
}
