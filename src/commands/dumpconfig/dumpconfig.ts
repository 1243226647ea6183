/** `dumpconfig`: prints, or merges into the AWS config file, a profile for every account and role of a person. */
import type { Options } from "../../cli/options.ts";
import { Failure } from "../../lib/errors.ts";
import { type AccessList, listAccess, portalLists } from "../../sso/list-access.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import { portalRun } from "../portal-command.ts";
import { type ConfigFile, openConfigFile } from "./config-file.ts";
import { type ConfigSections, configSections } from "./config-sections.ts";
import { configText } from "./config-text.ts";
import { mergeWarnings } from "./config-warnings.ts";
import { noProgressLine, progressLine } from "./progress-line.ts";
import { readTargetProfiles } from "./target-profiles.ts";

/** What can be found wrong without asking anybody is found before anybody is asked. */
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
  const { choice, http, open } = await portalRun(options, { ...system, stderr: say });
  const portal = await open();
  if (options.write && portal.startUrl === undefined) throw unknownStartUrl();
  const file = options.write ? await openConfigFile(system, http.trace) : undefined;

  await portal.ready();
  // Whatever ends the listing, the line on the terminal is taken away.
  const access = await system
    .interruptible("listing your roles", () =>
      listAccess(portalLists(portal), system, ({ accounts, listed, roles }) =>
        line.show(`listing your roles: ${listed} of ${accounts} accounts, ${roles} roles`),
      ),
    )
    .finally(() => line.clear());
  warnOfGaps(access, say);

  const sections = configSections({
    session: { name: sessionName(options, choice), region: portal.region, startUrl: portal.startUrl },
    region: options.region,
    accounts: access.accounts,
    targets,
  });
  warnOfUnwritable(sections, say);
  if (file === undefined) await system.stdout(configText(sections));
  else await write(sections, file, say);
  return 0;
}

/** The section that already describes the portal goes by its own name. */
function sessionName(options: Options, choice: PortalChoice | undefined): string {
  const own = choice?.kind === "cli" ? choice.sessionName : undefined;
  return options.ssoSessionName ?? own ?? "my-sso";
}

/** The portal and the account's owner choose these names. */
function warnOfUnwritable({ unwritable }: ConfigSections, say: (text: string) => void): void {
  for (const { accountId, role } of unwritable) {
    say(
      `aws-login: warning: the role ${JSON.stringify(role)} of account ${accountId} is left out: its name cannot stand in a config file`,
    );
  }
}

function warnOfGaps({ accounts, closed }: AccessList, say: (text: string) => void): void {
  for (const { account, refusal } of closed) {
    say(`aws-login: warning: account ${account.accountId} is left out: ${refusal.message}`);
  }
  if (accounts.every(({ roles }) => roles.length === 0)) {
    say("aws-login: warning: you have no role in any account of this portal");
  }
}

async function write(sections: ConfigSections, file: ConfigFile, say: (text: string) => void): Promise<void> {
  const { session, profiles, targets } = sections;
  const { backup, ...merge } = await file.merge([session, ...profiles, ...targets]);
  for (const warning of mergeWarnings(merge, file.path, targets)) say(`aws-login: warning: ${warning}`);
  const { added, changed } = merge;
  const cached = backup === undefined ? "" : `; the file as it was is ${backup}`;
  say(
    added + changed === 0
      ? `aws-login: ${file.path} is up to date`
      : `aws-login: wrote ${file.path} (sections added: ${added}, changed: ${changed})${cached}`,
  );
}

function unknownStartUrl(): Failure {
  return new Failure("usage", "dumpconfig --write needs the start URL, which the token does not tell", {
    hints: ["name it with --start-url URL"],
  });
}
