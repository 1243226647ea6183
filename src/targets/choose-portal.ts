/** Lets a person choose one of the portals of the config files. */
import { optional } from "../lib/optional.ts";
import { type PortalEntry, severalPortals } from "../sso/obvious-portal.ts";
import type { System } from "../system/types.ts";
import { type Candidate, sortedCandidates } from "./candidate.ts";
import { pickOnTerminal } from "./pick.ts";

/** The command line of this run with the option that names what was chosen, as a person types it. */
export type SameCommand = (option: string, value: string) => string;

/**
 * The entry that the person chooses; one line on stderr gives the command that does the same without asking. Throws the
 * usage Failure that names the portals where there is no terminal, and `interrupted` for a person who leaves.
 */
export async function choosePortal(
  entries: readonly PortalEntry[],
  sameCommand: SameCommand,
  system: System,
): Promise<PortalEntry> {
  const byCandidate = new Map<Candidate, PortalEntry>(
    entries.map((entry) => [portalCandidate(entry), entry]),
  );
  const doing = "choosing a portal";
  const chosen = await system.interruptible(doing, () =>
    pickOnTerminal({ all: sortedCandidates([...byCandidate.keys()]), filter: "", doing }, system),
  );
  const entry = chosen && byCandidate.get(chosen);
  if (entry === undefined) throw severalPortals(entries);
  system.stderr(`aws-login: the same without asking: ${sameCommand(entry.option, entry.name)}`);
  return entry;
}

function portalCandidate({ option, name, startUrl }: PortalEntry): Candidate {
  return option === "--profile"
    ? { profile: name, ...optional("startUrl", startUrl), options: { profile: name } }
    : { ssoSession: name, ...optional("startUrl", startUrl), options: { ssoSession: name } };
}
