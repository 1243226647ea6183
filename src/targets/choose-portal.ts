/** Lets a person choose one of several portals. */
import { optional } from "../lib/optional.ts";
import { type PortalEntry, severalPortals } from "../sso/obvious-portal.ts";
import type { System } from "../system/types.ts";
import type { Candidate } from "./candidate.ts";
import { candidateList } from "./candidate-list.ts";
import type { KnownPortal } from "./known-portals.ts";
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
  const entry = await pickPortal(entries, portalCandidate, system);
  if (entry === undefined) throw severalPortals(entries);
  system.stderr(`aws-login: the same without asking: ${sameCommand(entry.option, entry.name)}`);
  return entry;
}

/**
 * The portal that the person chooses to sign in to, with a line on stderr that says how to sign in there without asking;
 * undefined where there is no terminal. Throws the Failure `interrupted` for a person who leaves.
 */
export async function choosePortalToSignIn(
  portals: readonly KnownPortal[],
  system: System,
): Promise<KnownPortal | undefined> {
  const portal = await pickPortal(
    portals,
    ({ options, startUrl, ssoSession }) => ({
      ...optional("profile", options.profile),
      ...optional("ssoSession", ssoSession),
      ...optional("startUrl", startUrl),
      options,
    }),
    system,
  );
  if (portal !== undefined)
    system.stderr(`aws-login: to sign in there without asking: aws-login login ${portal.shown}`);
  return portal;
}

async function pickPortal<P>(
  portals: readonly P[],
  candidateOf: (portal: P) => Candidate,
  system: System,
): Promise<P | undefined> {
  const byCandidate = new Map(portals.map((portal) => [candidateOf(portal), portal]));
  const doing = "choosing a portal";
  const chosen = await system.interruptible(doing, () =>
    pickOnTerminal({ all: candidateList([...byCandidate.keys()]), filter: "", doing }, system),
  );
  return chosen && byCandidate.get(chosen);
}

function portalCandidate({ option, name, startUrl }: PortalEntry): Candidate {
  return option === "--profile"
    ? { profile: name, ...optional("startUrl", startUrl), options: { profile: name } }
    : { ssoSession: name, ...optional("startUrl", startUrl), options: { ssoSession: name } };
}
