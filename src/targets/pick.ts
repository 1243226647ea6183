/** Lets a person choose among candidates, on whatever terminal there is. */
import { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import type { Candidate } from "./candidate.ts";
import type { CandidateList } from "./candidate-list.ts";
import { type FoundCandidates, select } from "./find-candidates.ts";
import { containing } from "./match-words.ts";
import { askByNumber } from "./picker/numbered-list.ts";
import { type LaterEntries, runPicker } from "./picker/run-picker.ts";
import { openPicker } from "./picker/state.ts";
import { updateListings } from "./portal-listings.ts";
import { recentChoices, rememberChoice } from "./recent.ts";
import type { TargetRun } from "./target-run.ts";

/**
 * The candidate that the person chooses, who sees all and the words in the filter line; undefined where there is no
 * terminal. Throws the Failure `interrupted` for a person who leaves.
 */
export async function pick(
  words: readonly string[],
  found: FoundCandidates,
  run: TargetRun,
): Promise<Candidate | undefined> {
  const { system } = run.context;
  const filter = words.length === 0 ? "" : `${words.join(" ")} `;
  const isDue = found.listings.some(
    ({ portal, access }) => access === undefined && portal.signIn === "usable",
  );
  let isOpen = true;
  const chosen = await pickOnTerminal(
    {
      all: found.all,
      filter,
      recent: () => recentChoices(system, run.folder, run.trace),
      later: isDue ? () => laterEntries(found, run, () => isOpen) : undefined,
      doing: "choosing an identity",
    },
    system,
  ).finally(() => {
    isOpen = false;
  });
  if (chosen !== undefined) await rememberChoice(chosen, system, run.folder, run.trace);
  return chosen;
}

export interface Choosing {
  readonly all: CandidateList;
  /** What the filter line begins with. */
  readonly filter: string;
  /** The sort keys of what was chosen lately. Read for a screen alone. */
  readonly recent?: () => Promise<readonly string[]>;
  /** Other entries, asked for once the first picture is drawn; never rejects. */
  readonly later?: (() => Promise<LaterEntries>) | undefined;
  /** For the message when the person leaves: "choosing an identity". */
  readonly doing: string;
}

/** On a screen, or by number where none can be drawn on; else the same as `pick`. */
export async function pickOnTerminal(
  choosing: Choosing,
  system: Pick<System, "platform" | "env" | "onScreen" | "promptLine">,
): Promise<Candidate | undefined> {
  const { all, filter, doing } = choosing;
  const isPlain = system.platform === "win32" || !system.env.TERM || system.env.TERM === "dumb";
  const chosen = isPlain ? await askByNumber(all, filter, system) : await pickOnScreen(choosing, system);
  if (chosen === "no-terminal") return undefined;
  if (chosen === undefined) throw new Failure("interrupted", `${doing}: interrupted`);
  return chosen;
}

async function pickOnScreen(
  { all, filter, recent, later }: Choosing,
  system: Pick<System, "env" | "onScreen">,
): Promise<Candidate | undefined | "no-terminal"> {
  const colour = system.env.NO_COLOR ? "off" : "on";
  const open = async () =>
    openPicker(all, (await recent?.()) ?? [], filter, later === undefined ? "" : "asking the portals");
  const opened = open();
  const drawn = system.onScreen(async (screen) => ({
    chosen: await runPicker({ state: await opened, colour, later }, screen),
  }));
  // At once, because the terminal takes a few milliseconds to be prepared.
  const [outcome] = await Promise.all([drawn, opened]);
  return outcome === undefined ? "no-terminal" : outcome.chosen;
}

/** Asks the portals again that have a sign-in and were not asked in this run. Never rejects. */
async function laterEntries(
  found: FoundCandidates,
  run: TargetRun,
  isWanted: () => boolean,
): Promise<LaterEntries> {
  const silent = { ...run.context.system, stderr: () => {}, stderrIsTerminal: async () => false };
  const context = {
    ...run.context,
    system: silent,
    http: { ...run.context.http, system: silent, trace: () => {} },
  };
  const request = { ...run.request, signIn: "never" as const };
  try {
    const silently = { ...run, request, context, trace: () => {} };
    const listings = await updateListings(found.listings, "all", silently, isWanted);
    const failed = listings.some(({ failure }) => failure !== undefined);
    const { all } = select([], run, found.profiles, listings, containing);
    return { all, status: failed ? "not all portals could be asked" : "" };
  } catch (error) {
    const why = error instanceof Failure ? "" : ": a defect";
    return { all: found.all, status: `the portal could not be asked${why}` };
  }
}
