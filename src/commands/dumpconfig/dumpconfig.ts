/** `dumpconfig`: prints, or merges into the AWS config file, a profile for every account and role of a user. */
import type { Options } from "../../cli/option-record.ts";
import { Failure } from "../../lib/errors.ts";
import { noProgressLine, type ProgressLine, progressLine } from "../../lib/progress-line.ts";
import { unifiedDiff } from "../../lib/unified-diff.ts";
import { type AccessList, type ListingProgress, listAccess, portalLists } from "../../sso/list-access.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import type { SameCommand } from "../../targets/choose-portal.ts";
import { portalRun } from "../portal-command.ts";
import { type ConfigFile, openConfigFile } from "./config-file.ts";
import { type ConfigInput, type ConfigSections, configSections, sessionSection } from "./config-sections.ts";
import { configText } from "./config-text.ts";
import type { MakeSections } from "./merged-text.ts";
import { listingMessages, mergeMessages, sectionMessages } from "./messages.ts";
import { nameTemplate } from "./name-template.ts";
import type { OwnProfile } from "./own-profiles.ts";
import { isSelected, type Selection } from "./select-roles.ts";
import { readTargetProfiles } from "./target-profiles.ts";

/** Writes lines to stderr, in the place of the progress line. */
type Say = (...lines: readonly string[]) => void;

/** Every error that can be found without a request is found before the first request. */
export async function run(options: Options, system: System, sameCommand?: SameCommand): Promise<number> {
  const targets =
    options.targetArnProfiles === undefined
      ? []
      : await readTargetProfiles(options.targetArnProfiles, system);
  const template = options.profileName === undefined ? undefined : nameTemplate(options.profileName);
  const line = options.verbose || !(await system.stderrIsTerminal()) ? noProgressLine : progressLine(system);
  const say: Say = (...texts) => {
    line.clear();
    for (const text of texts) system.stderr(text);
  };
  const portals = await portalRun(options, { ...system, stderr: say }, sameCommand);
  const portal = await portals.open();
  const usesFile = options.write || options.dryRun;
  if (usesFile && portal.startUrl === undefined) throw unknownStartUrl(options);
  const file = usesFile ? await openConfigFile(system, portals.http.trace) : undefined;

  await portal.ready();
  const access = await listWithProgress(portal, line, system);
  say(...listingMessages(access));

  const input: ConfigInput = {
    session: {
      name: sessionName(options, await portals.portal()),
      region: portal.region,
      startUrl: portal.startUrl,
    },
    region: options.region,
    accounts: access.accounts,
    targets,
    template,
    selection: options,
    names: options.rename ? "generated" : "kept",
    form: options.credentialProcess ? "credential-process" : "sso",
  };
  if (file === undefined) return printSections(input, say, system);
  const prune = options.prune
    ? access.closed.length === 0
      ? "lost roles"
      : "nothing: incomplete"
    : "nothing";
  return mergeInto(file, input, { prune, dryRun: options.dryRun }, say, system);
}

/** Prints every section. Resolves to the exit status. */
async function printSections(input: ConfigInput, say: Say, system: Pick<System, "stdout">): Promise<number> {
  const sections = configSections(input);
  say(...sectionMessages(sections));
  await system.stdout(configText(sections));
  return 0;
}

interface MergeOptions {
  readonly prune: "lost roles" | "nothing" | "nothing: incomplete";
  /** Prints the diff, and writes nothing. */
  readonly dryRun: boolean;
}

/** Merges the sections into the config file, or prints what would change. Resolves to the exit status. */
async function mergeInto(
  file: ConfigFile,
  input: ConfigInput,
  { prune, dryRun }: MergeOptions,
  say: Say,
  system: Pick<System, "stdout">,
): Promise<number> {
  if (prune === "nothing: incomplete")
    say("aws-login: warning: no profile is removed: the listing is incomplete");
  const make: MakeSections = (found) => {
    const sections = configSections({ ...input, ...found });
    const gone = prune === "lost roles" ? lostProfiles(found.own, sections, input.selection) : [];
    return { sections, gone };
  };
  const session = sessionSection(input.session);
  if (!dryRun) {
    const merged = await file.merge(session, make);
    say(...mergeMessages(merged, file.path, { did: "wrote", backup: merged.backup }));
    return 0;
  }
  const merged = await file.preview(session, make);
  say(...mergeMessages(merged, file.path, { did: "would write" }));
  const diff = unifiedDiff({
    before: { path: merged.before === undefined ? "/dev/null" : file.path, text: merged.before ?? "" },
    after: { path: file.path, text: merged.text },
    hides: (text) => /^\s*aws_(?:secret_access_key|session_token|security_token)\b/i.test(text),
  });
  await system.stdout(diff);
  return diff === "" ? 0 : 1;
}

/** Those of roles that are not listed any more, as far as they are selected: of such an account no name is known. */
function lostProfiles(
  own: readonly OwnProfile[],
  { roles }: Pick<ConfigSections, "roles">,
  selection: Selection = {},
): readonly OwnProfile[] {
  return own.filter(
    ({ accountId, role, name }) =>
      !roles.has(`${accountId} ${role}`) &&
      isSelected({ accountId, accountName: undefined, role, profile: name }, selection),
  );
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

function unknownStartUrl({ dryRun }: Options): Failure {
  const option = dryRun ? "--dry-run" : "--write";
  return new Failure("usage", `dumpconfig ${option} needs the start URL, which the token does not tell`, {
    hints: ["name it with --start-url URL"],
  });
}
